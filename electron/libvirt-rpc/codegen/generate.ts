/** Writes generated/*.gen.ts. Run by a developer (see README.md here), never by the build. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { generatedFiles, libvirtVersions } from './emit'
import { loadFacts } from './facts'

const facts = loadFacts()
const folder = fileURLToPath(new URL('../generated/', import.meta.url))
mkdirSync(folder, { recursive: true })
for (const [name, text] of generatedFiles(facts)) {
  writeFileSync(`${folder}${name}`, text)
  console.log(`${name}: ${text.split('\n').length} lines`)
}
writeFileSync(new URL('./pin.txt', import.meta.url), `${libvirtVersions(facts)}\n`)
