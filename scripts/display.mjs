// @ts-check
// A display to draw on: the user's, or a virtual one (Xvfb) that we start and stop ourselves.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline/promises'
import { currentPackageTool, installLine, installPackages, refreshLists } from './libraries.mjs'
import { findProgram, isRoot, say } from './processes.mjs'

const xvfbPackage = { apt: 'xvfb', dnf: 'xorg-x11-server-Xvfb', zypper: 'xorg-x11-server-Xvfb' }

export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])
}

/** @typedef {{ display: string, stop: () => Promise<void> }} VirtualDisplay */

/**
 * Starts Xvfb on a display number of its own choosing, which it writes to descriptor 3 once it listens.
 * @param {string} [size]
 * @param {string[]} [more] further words of its command
 * @returns {Promise<VirtualDisplay & { pid: number | undefined }>}
 */
export function startXvfb(size = '1600x1000', more = []) {
  return new Promise((resolve, reject) => {
    const words = ['-displayfd', '3', '-screen', '0', `${size}x24`, '-nolisten', 'tcp', '-noreset', ...more]
    const server = spawn('Xvfb', words, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] })
    let complaint = ''
    server.stderr?.on('data', (bytes) => (complaint += bytes))
    server.on('error', reject)
    server.on('exit', (code) => reject(new Error(`Xvfb ended with ${code}: ${complaint.trim()}`)))
    let number = ''
    server.stdio[3]?.on('data', (bytes) => {
      number += bytes
      if (!number.includes('\n')) return
      resolve({ display: `:${number.trim()}`, pid: server.pid, stop: () => end(server) })
    })
    // Nothing of a virtual display outlives its starter.
    process.on('exit', () => server.kill('SIGTERM'))
  })
}

/** @param {import('node:child_process').ChildProcess} server @returns {Promise<void>} */
function end(server) {
  if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    server.once('exit', () => resolve())
    server.kill('SIGTERM')
  })
}

/** Installs Xvfb where we may; otherwise the exact command is the message. */
async function installXvfb() {
  const tool = currentPackageTool()
  if (!tool) throw new Error('Install Xvfb with the package manager of this system, then start again.')
  const name = xvfbPackage[tool]
  if (!isRoot())
    throw new Error(
      `Xvfb is not installed. Install it, then start again:\n\n    ${installLine(tool, [name])}\n`,
    )
  say(`Installing ${name}`)
  await refreshLists(tool)
  const code = await installPackages(tool, [name])
  if (!findProgram('Xvfb'))
    throw new Error(`The package manager ended with ${code}, and Xvfb is still missing`)
}

async function askForXvfb() {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const answer = await terminal.question(
      '[innkeeper] Start on a virtual display (Xvfb) nobody sees? [y/N] ',
    )
    return /^y(es)?$/i.test(answer.trim())
  } finally {
    terminal.close()
  }
}

/**
 * The display to start on: undefined where there is one already.
 *
 * @param {{ wanted: boolean }} choice wanted: Xvfb was asked for on the command line or by INNKEEPER_XVFB=1
 * @returns {Promise<VirtualDisplay | undefined>}
 */
export async function ensureDisplay({ wanted }) {
  if (!wanted && hasDisplay()) return undefined
  if (!hasDisplay()) say('There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set.')
  if (!wanted && process.stdin.isTTY && process.stderr.isTTY) {
    if (!(await askForXvfb())) throw new Error('Start again inside a graphical session, or through ssh -X.')
  } else if (!wanted && !findProgram('Xvfb')) {
    throw new Error(
      'Start inside a graphical session, or on a virtual display with: npm start -- --xvfb (or INNKEEPER_XVFB=1)' +
        xvfbHint(),
    )
  }
  if (!findProgram('Xvfb')) await installXvfb()
  const virtual = await startXvfb()
  say(`Using the virtual display ${virtual.display} (Xvfb). Look at it with a VNC server such as x11vnc.`)
  return virtual
}

function xvfbHint() {
  const tool = currentPackageTool()
  return tool ? `\nXvfb comes with:\n\n    ${installLine(tool, [xvfbPackage[tool]])}\n` : ''
}
