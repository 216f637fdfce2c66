/**
 * What is shown as "the same as a command" is run by a shell on a twin of the VM and must make the same definition. The
 * definitions are those of the collection that this libvirt takes; the changes are made at random, so that every kind of
 * hardware is added, changed and removed.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isKind } from '../../../../shared/errors'
import type { HardwareChange } from '../../../../shared/model/hardware/change'
import { hardwareKinds } from '../../../../shared/model/hardware/kinds'
import type { VmId } from '../../../../shared/model/ids'
import { canonical } from '../../../domain-xml/edit/difference'
import { EditDocument } from '../../../domain-xml/edit/tree'
import { fixtures } from '../../../domain-xml/hardware/testing/fixtures'
import { chance, pick, randomChange } from '../../../domain-xml/hardware/testing/random-change'
import { hardwareContext } from '../../../domain-xml/hardware/view'
import type { HypervisorSession } from '../../backend'
import { qemuBySocket } from '../testing/lab-qemu'
import type { QemuUnderTest } from '../testing/qemu-suite'
import { openSession } from '../testing/suite-host'
import { Virsh } from '../testing/virsh'

const run = promisify(execFile)
const ours = { name: 'innkeeper-twin-a', id: '7c1d0000-0000-4000-8000-00000000000a' as VmId }
const twin = { name: 'innkeeper-twin-b', id: '7c1d0000-0000-4000-8000-00000000000b' as VmId }

/** More of each are of no new kind. */
const perAction = 2
const forMs = 180_000

describe('the command shown for a change', () => {
  let host: QemuUnderTest
  let virsh: Virsh
  let session: HypervisorSession
  let folder = ''

  beforeAll(async () => {
    host = await qemuBySocket()
    virsh = new Virsh(host.virshUri)
    session = await openSession(host.uri)
    folder = await mkdtemp(join(tmpdir(), 'innkeeper-twins-'))
  })

  afterAll(async () => {
    await remove()
    await session?.close()
    await host?.stop()
    if (folder !== '') await rm(folder, { recursive: true })
  })

  const remove = async (): Promise<void> => {
    for (const { name } of [ours, twin]) await virsh.try('undefine', name, '--nvram')
  }

  const define = async (text: string, { name, id }: typeof ours): Promise<boolean> => {
    const document = EditDocument.parse(text)
    document.root.find('name')?.setText(name)
    document.root.find('uuid')?.setText(id)
    const file = join(folder, `${name}.xml`)
    await writeFile(file, document.toString())
    return virsh.has('define', file)
  }

  const stored = async (vm: typeof ours): Promise<string> => {
    const { root } = EditDocument.parse(await virsh.do('dumpxml', '--inactive', '--security-info', vm.name))
    for (const part of ['name', 'uuid', 'genid']) root.find(part)?.setText('-')
    // libvirt makes these up where they are left out
    for (const port of root.find('devices')?.children('interface') ?? []) {
      for (const name of ['instanceid', 'interfaceid'])
        port.find('virtualport', 'parameters')?.setAttribute(name, '-')
    }
    return canonical(root)
  }

  it('makes the same definition of a twin, for every kind of change', { timeout: 1_200_000 }, async () => {
    const documents = fixtures().filter(({ name }) => name.startsWith('dumped/defined/'))
    const next = chance(4)
    const done = new Map<string, number>()
    let runs = 0
    const unequal: string[] = []
    for (const until = Date.now() + forMs; Date.now() < until; ) {
      const fixture = pick(next, documents)
      if (!fixture) throw new Error('The collection is empty')
      const change = randomChange(next, hardwareContext({ stored: EditDocument.parse(fixture.text) }))
      if (!change || (done.get(nameOf(change)) ?? 0) >= perAction) continue
      await remove()
      if (!(await define(fixture.text, ours)) || !(await define(fixture.text, twin))) continue
      const { base } = await session.hardware(ours.id)
      const request = { base, changes: [change], when: 'next-start' as const }
      let commands: readonly string[]
      try {
        commands = (await session.previewHardware(ours.id, request)).commands
        await session.changeHardware(ours.id, request, {
          signal: new AbortController().signal,
          onProgress: () => undefined,
        })
      } catch (error) {
        // what the host does not take has no equal
        if (isKind(error, 'invalid') || isKind(error, 'unsupported') || isKind(error, 'not-found')) continue
        throw error
      }
      for (const command of commands) {
        await run('sh', ['-c', command.replaceAll(ours.name, twin.name).replaceAll(ours.id, twin.id)])
      }
      if ((await stored(twin)) !== (await stored(ours))) {
        unequal.push(`${fixture.name} ${JSON.stringify(change)}\n${commands.join('\n')}`)
      }
      done.set(nameOf(change), (done.get(nameOf(change)) ?? 0) + 1)
      runs += 1
    }
    const changed = hardwareKinds.filter((kind) => done.has(`set ${kind.id}`)).length
    process.stdout.write(
      `${runs} changes of ${done.size} sorts, settings of ${changed} of ${hardwareKinds.length} kinds\n`,
    )
    expect(unequal).toEqual([])
    expect(changed).toBeGreaterThan(hardwareKinds.length / 2)
  })
})

function nameOf(change: HardwareChange): string {
  if (change.kind === 'add') return `add ${change.device}`
  return 'item' in change && change.item ? `${change.kind} ${change.item.kind}` : change.kind
}
