// The default app of the substitute runtime (see scripts/runtime.mjs): what `electron <folder>` does with a folder.
// Electron's own default app is not in the substitute, and without one the binary waits in silence for ever.
const { app } = require('electron')
const Module = require('node:module')
const { readFileSync, statSync } = require('node:fs')
const { join, resolve } = require('node:path')

/** Electron's command line up to the app's folder; everything after the folder belongs to the app. */
function readArguments(argv) {
  const preload = []
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at]
    if (word === '-v' || word === '--version') return { preload, showVersion: true }
    if (word === '-r' || word === '--require') preload.push(argv[++at])
    else if (!word.startsWith('-')) return { preload, target: resolve(word) }
  }
  return { preload }
}

/** A folder is described by its package.json; a file is its own entry. */
function describeApp(target) {
  if (!statSync(target).isDirectory()) return { entry: target }
  const manifest = JSON.parse(readFileSync(join(target, 'package.json'), 'utf8'))
  return { manifest, folder: target, entry: resolve(target, manifest.main || 'index.js') }
}

function adoptManifest({ manifest, folder }) {
  if (!manifest) return
  if (manifest.version) app.setVersion(manifest.version)
  const name = manifest.productName || manifest.name
  if (name) app.setName(name)
  app.setDesktopName(manifest.desktopName || `${app.getName()}.desktop`)
  app.setAppPath(folder)
}

function start() {
  const { preload, target, showVersion } = readArguments(process.argv)
  if (showVersion) {
    console.log(`v${process.versions.electron}`)
    process.exit(0)
  }
  // Playwright attaches through a module given with -r, which must run before the app does.
  if (preload.length > 0) Module._preloadModules(preload)
  if (!target) {
    console.error('usage: electron <app folder> [arguments of the app]')
    process.exit(1)
  }
  // Electron tells a development start from a packaged one by this property.
  Object.defineProperty(process, 'defaultApp', { value: true, configurable: false, enumerable: true })
  const described = describeApp(target)
  adoptManifest(described)
  Module._load(described.entry, Module, true)
}

try {
  start()
} catch (error) {
  console.error(error)
  process.exit(1)
}
