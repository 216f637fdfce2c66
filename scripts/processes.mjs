// @ts-check
// Running other programs from the scripts. Only Node's own modules: these files run before anything is installed.
import { spawn, spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** @param {string} text */
export function say(text) {
  process.stderr.write(`[innkeeper] ${text}\n`)
}

/** Where a program is on PATH, or undefined. @param {string} name */
export function findProgram(name) {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const candidate = join(folder, name)
    try {
      accessSync(candidate, constants.X_OK)
      return candidate
    } catch {
      // not in this folder
    }
  }
  return undefined
}

export function isRoot() {
  return process.getuid?.() === 0
}

/** npm of the Node that runs us. On Windows npm is a batch file, which only a shell may start. */
export const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'

/**
 * Runs a program with our own output and waits for it. While it is silent and nobody watches a terminal,
 * a line every ten seconds tells that it still works.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, timeoutMs?: number, waiting?: string, quiet?: boolean }} [options]
 * @returns {Promise<{ code: number, output: string }>} code 124 stands for a run out of time, 127 for a missing program
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const startedAt = Date.now()
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: options.env ?? process.env,
      stdio: options.quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 2, 2],
      shell: process.platform === 'win32' && command.endsWith('.cmd'),
    })
    let output = ''
    child.stdout?.on('data', (bytes) => (output += bytes))
    child.stderr?.on('data', (bytes) => (output += bytes))

    const ticker = options.waiting
      ? setInterval(() => {
          say(`${options.waiting} … ${Math.round((Date.now() - startedAt) / 1000)} s`)
        }, 10_000)
      : undefined
    let outOfTime = false
    const limit = options.timeoutMs
      ? setTimeout(() => {
          outOfTime = true
          child.kill('SIGKILL')
        }, options.timeoutMs)
      : undefined

    /** @param {number} code */
    const finish = (code) => {
      clearInterval(ticker)
      clearTimeout(limit)
      resolve({ code, output })
    }
    child.on('error', (error) => {
      output += `${error.message}\n`
      finish(127)
    })
    child.on('close', (code) => finish(outOfTime ? 124 : (code ?? 1)))
  })
}

/** Standard output of a short command, or undefined where it fails. @param {string} command @param {string[]} args */
export function ask(command, args) {
  const result = spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } })
  return result.status === 0 ? result.stdout : undefined
}
