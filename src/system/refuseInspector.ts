/** Node opens its inspector on SIGUSR1 unless somebody handles it, and whoever reaches the port runs code here.
 *  Imported for its effect, before all else: modules are evaluated in the order of their imports. */
process.on("SIGUSR1", () => undefined)
