// @ts-check
/**
 * Makes the test guest's program (assets/test-guest/test-guest.S) into a text that the app brings along:
 * `node scripts/test-guest.mjs`; with `--check` it only says whether they are equal. Takes as and ld of GNU binutils, on any architecture that assembles for x86.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './processes.mjs'

const programFile = join(root, 'electron', 'new-vm', 'test-guest', 'program.ts')

/** @returns {Buffer} whole sectors */
function assemble() {
  const folder = mkdtempSync(join(tmpdir(), 'innkeeper-test-guest-'))
  try {
    const object = join(folder, 'guest.o')
    const image = join(folder, 'guest.img')
    tool('as', ['--32', '-o', object, join(root, 'assets', 'test-guest', 'test-guest.S')])
    tool('ld', ['-m', 'elf_i386', '-Ttext', '0x7c00', '--oformat', 'binary', '-o', image, object])
    const bytes = readFileSync(image)
    return Buffer.concat([bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @param {Buffer} program */
function asModule(program) {
  const lines = program.toString('base64').match(/.{1,100}/g) ?? []
  return `/** Made by scripts/test-guest.mjs of assets/test-guest/test-guest.S: the first sectors of a disk, in base64. */
export const testGuestProgram = [
${lines.map((line) => `  '${line}',`).join('\n')}
].join('')
`
}

/** @param {string} name @param {string[]} words */
function tool(name, words) {
  const { status, error, stderr } = spawnSync(name, words, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${name} failed: ${error?.message ?? stderr}`)
}

const text = asModule(assemble())
if (!process.argv.includes('--check')) writeFileSync(programFile, text)
else if (readFileSync(programFile, 'utf8') !== text) {
  console.error('The program is not what its source says: run node scripts/test-guest.mjs')
  process.exitCode = 1
}
