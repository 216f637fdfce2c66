// @ts-check
// How the main process, the preload script and the threads' programs are bundled.
import { root } from './processes.mjs'

/** @type {import('esbuild').BuildOptions} */
export const mainOptions = {
  absWorkingDir: root,
  // the worker is a thread's program, read from its file by electron/link/key-unlock.ts
  // and the catalogue a file that electron/os-catalogue reads when it is needed
  entryPoints: [
    'electron/main.ts',
    'electron/preload.ts',
    'electron/link/key-unlock-worker.ts',
    'electron/os-catalogue/os.catalogue.json',
  ],
  loader: { '.catalogue.json': 'copy' },
  outdir: 'dist/electron',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  // The oldest runtime we run on is Electron 25, whose Node is 18 and whose main process loads CommonJS only.
  format: 'cjs',
  target: 'node18',
  // CommonJS has none; code that looks for files beside the bundle gets the bundle's path.
  define: { 'import.meta.url': '__filename' },
  sourcemap: 'linked',
  // ssh2 tries its optional native parts at run time and lives without them; a bundler cannot resolve them.
  external: ['electron', 'cpu-features', '*.node'],
  logLevel: 'warning',
}
