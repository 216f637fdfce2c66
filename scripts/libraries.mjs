// @ts-check
// The system libraries a fresh machine lacks: Electron is linked against GTK, NSS, ALSA and a few more.
import { readFileSync } from 'node:fs'
import { ask, isRoot, run, say } from './processes.mjs'

/** @typedef {'apt' | 'dnf' | 'zypper'} PackageTool */

// Debian names packages by hand, so a table is needed. Since the 64-bit time_t change some names end in t64
// (https://wiki.debian.org/ReleaseGoals/64bit-time); the first name that the machine knows is taken.
/** @type {Record<string, string[]>} */
const debianPackages = {
  'libasound.so.2': ['libasound2t64', 'libasound2'],
  'libatk-1.0.so.0': ['libatk1.0-0t64', 'libatk1.0-0'],
  'libatk-bridge-2.0.so.0': ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'],
  'libatspi.so.0': ['libatspi2.0-0t64', 'libatspi2.0-0'],
  'libcairo.so.2': ['libcairo2'],
  'libcups.so.2': ['libcups2t64', 'libcups2'],
  'libdbus-1.so.3': ['libdbus-1-3'],
  'libdrm.so.2': ['libdrm2'],
  'libexpat.so.1': ['libexpat1'],
  'libgbm.so.1': ['libgbm1'],
  'libgio-2.0.so.0': ['libglib2.0-0t64', 'libglib2.0-0'],
  'libglib-2.0.so.0': ['libglib2.0-0t64', 'libglib2.0-0'],
  'libgobject-2.0.so.0': ['libglib2.0-0t64', 'libglib2.0-0'],
  'libgtk-3.so.0': ['libgtk-3-0t64', 'libgtk-3-0'],
  'libgtk-4.so.1': ['libgtk-4-1'],
  'libnspr4.so': ['libnspr4'],
  'libnss3.so': ['libnss3'],
  'libnssutil3.so': ['libnss3'],
  'libpango-1.0.so.0': ['libpango-1.0-0'],
  'libsmime3.so': ['libnss3'],
  'libudev.so.1': ['libudev1'],
  'libX11.so.6': ['libx11-6'],
  'libxcb.so.1': ['libxcb1'],
  'libXcomposite.so.1': ['libxcomposite1'],
  'libXdamage.so.1': ['libxdamage1'],
  'libXext.so.6': ['libxext6'],
  'libXfixes.so.3': ['libxfixes3'],
  'libxkbcommon.so.0': ['libxkbcommon0'],
  'libXrandr.so.2': ['libxrandr2'],
}

/** Names of the libraries that ldd could not find. @param {string} lddOutput @returns {string[]} */
export function parseMissing(lddOutput) {
  const names = new Set()
  for (const line of lddOutput.split('\n')) {
    const match = /^\s*(\S+) => not found/.exec(line)
    // Libraries that travel beside the executable are found through its run path; ldd knows that.
    if (match?.[1]) names.add(match[1])
  }
  return [...names]
}

/**
 * The package manager of a distribution, from /etc/os-release (freedesktop.org, os-release(5)).
 * @param {string} osRelease
 * @returns {PackageTool | undefined}
 */
export function packageToolOf(osRelease) {
  const words = [...osRelease.matchAll(/^(?:ID|ID_LIKE)=(.*)$/gm)].flatMap((match) =>
    (match[1] ?? '').replaceAll('"', '').split(' '),
  )
  if (words.some((word) => word === 'debian' || word === 'ubuntu')) return 'apt'
  if (words.some((word) => word === 'suse' || word.startsWith('opensuse') || word.startsWith('sle')))
    return 'zypper'
  if (words.some((word) => word === 'fedora' || word === 'rhel')) return 'dnf'
  return undefined
}

/**
 * What to ask the package manager for. RPM distributions answer to the library's own name, Debian does not.
 *
 * @param {string[]} libraries
 * @param {PackageTool} tool
 * @param {(name: string) => boolean} isKnown whether apt has a package of this name
 * @returns {{ packages: string[], unknown: string[] }}
 */
export function packagesFor(libraries, tool, isKnown) {
  if (tool !== 'apt') return { packages: libraries.map((name) => `${name}()(64bit)`), unknown: [] }
  const packages = new Set()
  const unknown = []
  for (const library of libraries) {
    const names = debianPackages[library]
    const name = names?.find(isKnown) ?? names?.at(-1)
    if (name) packages.add(name)
    else unknown.push(library)
  }
  return { packages: [...packages], unknown }
}

/** @type {Record<PackageTool, string[]>} */
const installCommands = {
  apt: ['apt-get', 'install', '-y', '--no-install-recommends'],
  dnf: ['dnf', 'install', '-y'],
  zypper: ['zypper', '--non-interactive', 'install', '--no-recommends'],
}

export function currentPackageTool() {
  try {
    return packageToolOf(readFileSync('/etc/os-release', 'utf8'))
  } catch {
    return undefined
  }
}

/** The line a person can paste. @param {PackageTool} tool @param {string[]} packages */
export function installLine(tool, packages) {
  const quoted = packages.map((name) => (name.includes('(') ? `'${name}'` : name))
  return ['sudo', ...installCommands[tool], ...quoted].join(' ')
}

/** A fresh container knows no package at all until its lists are read. @param {PackageTool} tool */
export async function refreshLists(tool) {
  if (tool === 'apt') await run('apt-get', ['update', '-q'], { waiting: 'Reading package lists' })
}

/** @param {PackageTool} tool @param {string[]} packages */
export async function installPackages(tool, packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  // A package manager at work elsewhere is waited for rather than failed on.
  const lockWait = tool === 'apt' ? ['-o', 'DPkg::Lock::Timeout=600'] : []
  const [command = '', ...words] = installCommands[tool]
  return (await run(command, [...lockWait, ...words, ...packages], { env, waiting: 'Installing libraries' }))
    .code
}

/** @param {string} executable */
function missingLibraries(executable) {
  const output = ask('ldd', [executable])
  // ldd fails on systems without it or on foreign binaries; then the start itself will tell.
  return output === undefined ? [] : parseMissing(output)
}

/** Makes sure the executable can load, installing packages where we may. @param {string} executable */
export async function ensureLibraries(executable) {
  if (process.platform !== 'linux') return
  const missing = missingLibraries(executable)
  if (missing.length === 0) return
  say(`Missing system libraries: ${missing.join(', ')}`)
  const tool = currentPackageTool()
  if (!tool)
    throw new Error('Install these libraries with the package manager of this system, then start again.')

  if (isRoot()) await refreshLists(tool)
  const { packages, unknown } = packagesFor(
    missing,
    tool,
    (name) => ask('apt-cache', ['show', name]) !== undefined,
  )
  if (unknown.length > 0) say(`No package known for: ${unknown.join(', ')}`)
  if (!isRoot()) throw new Error(`Install them, then start again:\n\n    ${installLine(tool, packages)}\n`)
  say(`Installing ${packages.join(' ')}`)
  const code = await installPackages(tool, packages)
  const left = missingLibraries(executable)
  if (left.length > 0)
    throw new Error(`Still missing after the package manager ended with ${code}: ${left.join(', ')}`)
}
