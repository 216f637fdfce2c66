/** Every choice of the collection makes a definition that libvirt's own schema accepts. The schema comes with the lab's libvirt. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from '../../e2e/lab/run'
import { definitionOf } from './definition'
import { choiceNames, choices } from './testing/choices'
import { containers } from './testing/containers'
import { factsFor } from './testing/hosts'

const schema = '/usr/share/libvirt/schemas/domain.rng'

describe('the definition of a new VM', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'innkeeper-new-vm-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('is one that the schema accepts, whatever is chosen', { timeout: 240_000 }, async () => {
    const paths = await Promise.all(
      [
        ...choiceNames.map((name) => choices[name]),
        ...Object.values(containers).map((input) => ({ input, os: undefined })),
      ].map(async ({ input, os }, at) => {
        const path = join(folder, `${at}.xml`)
        await writeFile(path, definitionOf(input, factsFor(input), os))
        return path
      }),
    )
    // ends with the schema's words on the first that it refuses
    await run(['xmllint', '--noout', '--relaxng', schema, ...paths], { timeoutMs: 200_000 })
    // and refuses what is wrong
    const wrong = join(folder, 'wrong.xml')
    const { input } = choices['Debian from an ISO']
    await writeFile(wrong, definitionOf(input, factsFor(input), undefined).replace('<vcpu>2', '<vcpu>two'))
    await expect(run(['xmllint', '--noout', '--relaxng', schema, wrong])).rejects.toThrow('vcpu')
  })
})
