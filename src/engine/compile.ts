export const compile = <F>(f: F): F => f
