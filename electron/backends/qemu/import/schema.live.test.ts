/** What commands come to is for hosts with libvirt, too: its own schema accepts it. The schema comes with the lab's libvirt. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { run } from '../../../../e2e/lab/run'
import { importCommand } from '../../../qemu-command/import-command'
import { guideCommands } from './testing/guide-commands'

const schema = '/usr/share/libvirt/schemas/domain.rng'
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'innkeeper-import-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it.for(guideCommands)(
  'libvirt’s schema accepts what the lines $lines come to: $command',
  async ({ command, lines }) => {
    const path = join(folder, `${lines.replaceAll(/\W/g, '-')}.xml`)
    await writeFile(path, importCommand(command).xml)
    // ends with the schema's words on what it refuses
    const asked = run(['xmllint', '--noout', '--relaxng', schema, path], { timeoutMs: 60_000 })
    await expect(asked).resolves.toBeDefined()
  },
)
