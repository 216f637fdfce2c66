/** The command that an import of each line of the guide comes to is started by the real QEMU. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { planArgv } from '../argv/plan-argv'
import { host } from '../testing/host'
import { startable } from '../testing/stand-ins'
import { startStopped } from '../testing/start-stopped'
import { importCommand } from '../../../qemu-command/import-command'
import { guideCommands } from './testing/guide-commands'

const uuid = '6f0e5b3c-1d0b-4d55-9d7d-9a5c0c1c2d3e'

test.for(guideCommands)('the VM of the lines $lines starts: $command', async ({ command }) => {
  const folder = await mkdtemp(join(tmpdir(), 'ik-'))
  try {
    const { xml } = importCommand(command, { uuid })
    const plan = planArgv(xml, host({ runFolder: folder, vmFolder: folder }))
    const { words, replaced } = await startable(plan, folder)
    const { status, stderr, answers } = await startStopped(plan.program, words)
    expect({ status, said: status === undefined ? stderr : '', replaced }).toEqual({
      status: 'prelaunch',
      said: '',
      replaced,
    })
    // each disk of the definition is one of the running VM
    const blocks = JSON.stringify(answers)
    for (const [, target] of xml.matchAll(/<target dev='([^']+)' bus='(?!fdc)[^']+'\/>\n/g))
      if (!replaced.some((one) => one.includes(`drive-${target ?? ''}`)))
        expect(blocks).toContain(`drive-${target ?? ''}`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
