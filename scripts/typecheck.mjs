// @ts-check
// Every part has its own tsconfig.json, so that a part only sees the types its process may use. What was found is kept,
// so that a second check only looks at what has changed.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root, run, say } from './processes.mjs'

const parts = ['shared', 'electron/libvirt-rpc', 'electron', 'renderer', 'e2e', 'bench', 'scripts']
const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')

/** @type {string[]} */
const failed = []
for (const part of parts) {
  if (!existsSync(join(root, part, 'tsconfig.json'))) continue
  const known = join(root, '.cache', 'typecheck', `${part.replaceAll('/', '-')}.tsbuildinfo`)
  const words = ['-p', part, '--pretty', 'false', '--incremental', '--tsBuildInfoFile', known]
  const { code, output } = await run(process.execPath, [compiler, ...words], { quiet: true })
  if (code === 0) continue
  failed.push(part)
  process.stdout.write(output)
}
if (failed.length > 0) {
  say(`These parts do not compile: ${failed.join(', ')}`)
  process.exitCode = 1
}
