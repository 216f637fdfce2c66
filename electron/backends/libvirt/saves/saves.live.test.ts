import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startLab, type Lab, type LabHost } from '../../../../e2e/lab/lab'
import { GuestCounter } from '../../../../e2e/lab/guest-counter'
import { until } from '../../../../e2e/lab/run'
import { makeSmallPool } from '../../../../e2e/lab/small-pool'
import { vmId, type VmId } from '../../../../shared/model/ids'
import type { HypervisorSession } from '../../backend'
import { calm, expectKind, recordOf } from '../../suite/expect-kind'
import { Reacher } from '../testing/reacher'

const name = 'saves-live'
const folder = '/var/lib/libvirt/images'
const path = `${folder}/${name}.save`
const asItWas = { resume: 'as-it-was', bypassCache: false } as const
const mib = 1024 ** 2
const ready = '/run/saves-live.ready'
/** Stops the first helper that comes; without starting a program of its own it is quick enough. */
const holdHelper = `
  touch "$1"
  while true; do
    for file in /proc/[0-9]*/comm; do
      read -r name 2> /dev/null < "$file" || continue
      if [ "$name" = libvirt_iohelpe ]; then
        pid=\${file//[!0-9]/}
        kill -STOP "$pid"
        echo "$pid"
        exit
      fi
    done
  done`

/** A real guest whose memory goes to a file and comes back, by way of ssh as from any workstation. */
describe('saved states on a real host', () => {
  let lab: Lab
  let host: LabHost
  let counter: GuestCounter
  let reacher: Reacher
  let session: HypervisorSession
  let id: VmId

  const connect = async (): Promise<HypervisorSession> => {
    const uri = `qemu+ssh://${host.user}@127.0.0.1:${await reacher.portTo(22)}/system?known_hosts=/dev/null`
    return (await reacher.connect(uri, { keyFile: host.keyFile })).session
  }

  beforeAll(async () => {
    lab = await startLab({ hosts: ['labA'] })
    host = lab.host('labA')
    counter = new GuestCounter(host, name)
    reacher = new Reacher(lab, host)
    await host.startGuest({ name, disk: true })
    session = await connect()
    id = vmId.parse((await host.virsh(['domuuid', name])).trim())
    await counter.start()
  })

  afterEach(async () => {
    await host.exec(['rm', '-f', path, ready])
  })

  afterAll(async () => {
    await host?.removeGuest(name)
    await reacher?.stop()
    await lab?.stop()
  })

  const isThere = (file: string): Promise<boolean> =>
    host.exec(['test', '-e', file]).then(
      () => true,
      () => false,
    )

  /** What QEMU says, from when this answers. */
  async function watchEmulator(): Promise<{ told(): Promise<string>; stop(): Promise<void> }> {
    const log = '/run/saves-live.events'
    const script = 'timeout 120 stdbuf -oL virsh qemu-monitor-event --loop > "$1" 2>&1 & echo $!'
    const pid = (await host.exec(['bash', '-ec', script, '-', log])).trim()
    const told = (): Promise<string> => host.exec(['cat', log])
    await until('the first event', 60_000, async () => {
      await session.power(id, 'pause', calm())
      await session.power(id, 'resume', calm())
      return (await told()).includes('RESUME')
    })
    return { told, stop: async () => void (await host.exec(['kill', pid])) }
  }

  const state = async (): Promise<string> => (await recordOf(session, id)).state

  it('a guest goes on where it was, over a new connection and a daemon that was killed meanwhile', async () => {
    const plan = await session.saves.savePlan(id, asItWas)
    expect(plan.problems).toEqual([])
    expect(plan.memoryBytes).toBe(160 * mib)
    expect(plan.inUseBytes).toBeGreaterThan(20 * mib)
    expect(plan.freeBytes).toBeGreaterThan(160 * mib)
    expect(plan.path.startsWith(`${plan.folders[0]?.path}/${name}-`)).toBe(true)

    const progress: number[] = []
    await session.saves.saveToFile(
      id,
      { ...asItWas, path },
      { ...calm(), onProgress: (fraction) => progress.push(fraction) },
    )
    expect(progress.at(-1)).toBe(1)
    expect(await state()).toBe('shut-off')
    const last = await counter.last()
    expect(last).toBeGreaterThan(2)

    await session.close()
    await host.killDaemon()
    await host.startDaemon()
    session = await connect()
    const { files, error } = await session.saves.savedFiles(folder)
    expect(error).toBeUndefined()
    const found = files.find((file) => file.path === path)
    expect(found).toMatchObject({ name, vm: id, memoryBytes: 160 * mib })
    expect(Math.abs((found?.savedAtMs ?? 0) - Date.now())).toBeLessThan(10 * 60_000)
    expect(found?.sizeBytes).toBeGreaterThan(10 * mib)

    const report = await session.saves.savedFile(path)
    expect(report).toMatchObject({ wasRunning: true, vmNow: { name, state: 'shut-off' }, problems: [] })
    await session.saves.restoreFile({ ...asItWas, path, evenWritten: false })
    expect(await state()).toBe('running')
    await counter.goesOnFrom(last)

    const again = session.saves.restoreFile({ ...asItWas, path, evenWritten: true })
    expect((await expectKind(again, 'invalid')).message).toContain(`${name} is running`)
  })

  it('is refused, with the figures, where there is no room, and the guest goes on', async () => {
    const small = await makeSmallPool(host, 'saves-small', 8 * mib)
    try {
      const request = { ...asItWas, path: `${small.folder}/${name}.save` }
      const plan = await session.saves.savePlan(id, request)
      expect(plan.freeBytes).toBeLessThanOrEqual(8 * mib)
      expect(plan.problems).toMatchObject([
        {
          level: 'error',
          message: expect.stringMatching(/has \d.* MiB left, and the guest uses \d/) as string,
        },
      ])
      await expectKind(session.saves.saveToFile(id, request, calm()), 'invalid')
      expect(await state()).toBe('running')
      await expectKind(session.saves.savedFile(request.path), 'not-found')
    } finally {
      await small.remove()
    }
  })

  it('one that is cancelled leaves no file, and the guest goes on', async () => {
    const events = await watchEmulator()
    // libvirt puts a helper between QEMU and the file; held, it keeps the save from being over too soon
    const held = host.exec(['bash', '-ec', holdHelper, '-', ready])
    await until('somebody to wait for the helper', 60_000, () => isThere(ready))
    const abort = new AbortController()
    const saving = session.saves.saveToFile(id, { ...asItWas, path }, { ...calm(), signal: abort.signal })
    const ended = expectKind(saving, 'cancelled')
    const helper = (await held).trim()
    try {
      abort.abort()
      await until('QEMU to be told', 60_000, async () => (await events.told()).includes('cancelling'))
    } finally {
      await host.exec(['kill', '-CONT', helper])
    }
    await ended
    await events.stop()
    expect(await state()).toBe('running')
    await expectKind(session.saves.savedFile(path), 'not-found')
  })

  it('its definition changes where the guest does not notice, and only there', async () => {
    await session.saves.saveToFile(id, { ...asItWas, bypassCache: true, path }, calm())
    const last = await counter.last()
    const of = { kind: 'file', path } as const
    const { xml, base } = await session.saves.savedDefinition(of)
    const larger = xml.replace(/(<memory unit='KiB'>)\d+/, '$1262144')
    expect(larger).not.toBe(xml)
    const refused = session.saves.editSaved({ of, base, xml: larger, resume: 'as-it-was' })
    expect((await expectKind(refused, 'invalid')).message).toBe(
      'The saved memory does not fit this definition',
    )
    const titled = xml.replace('</name>', '</name>\n  <title>Back again</title>')
    await session.saves.editSaved({ of, base, xml: titled, resume: 'paused' })
    expect((await session.saves.savedDefinition(of)).xml).toContain('<title>Back again</title>')
    expect((await session.saves.savedFile(path)).wasRunning).toBe(false)

    // as a start in between would leave it
    await host.exec(['touch', '-d', '10 minutes', `${folder}/${name}.qcow2`])
    const restored = session.saves.restoreFile({ ...asItWas, path, evenWritten: false })
    expect((await expectKind(restored, 'invalid')).message).toContain(`${name}.qcow2`)
    await session.saves.restoreFile({ ...asItWas, path, evenWritten: true })
    expect(await state()).toBe('paused')
    expect((await recordOf(session, id)).title).toBe('Back again')
    await session.power(id, 'resume', calm())
    await counter.goesOnFrom(last)
  })

  it('what the host keeps itself is told with its time, edited, discarded, or thrown away by a fresh start', async () => {
    await session.power(id, 'save', calm())
    const kept = await session.saves.managedSave(id)
    expect(kept).toMatchObject({ memoryBytes: 160 * mib, wasRunning: true })
    expect(kept.sizeBytes).toBeGreaterThan(10 * mib)
    expect(Math.abs((kept.savedAtMs ?? 0) - Date.now())).toBeLessThan(10 * 60_000)
    const of = { kind: 'managed', vm: id } as const
    const { xml, base } = await session.saves.savedDefinition(of)
    await session.saves.editSaved({
      of,
      base,
      xml: xml.replace('<title>Back again</title>', '<title>Kept</title>'),
      resume: 'as-it-was',
    })
    expect((await session.saves.savedDefinition(of)).xml).toContain('<title>Kept</title>')
    await session.power(id, 'startAfresh', calm())
    await host.waitReady(name)
    expect(await recordOf(session, id)).toMatchObject({ state: 'running', hasSavedState: false })

    await session.power(id, 'save', calm())
    await session.power(id, 'discardSaved', calm())
    expect(await recordOf(session, id)).toMatchObject({ state: 'shut-off', hasSavedState: false })
    await expectKind(session.saves.managedSave(id), 'not-found')
  })

  it('a file goes when it is deleted, and no other file does', async () => {
    await host.virsh(['start', name])
    await session.saves.saveToFile(id, { ...asItWas, path }, calm())
    const disk = `${folder}/${name}.qcow2`
    await expectKind(session.saves.deleteFile(disk), 'invalid')
    expect(await isThere(disk)).toBe(true)
    await session.saves.deleteFile(path)
    expect(await isThere(path)).toBe(false)
  })
})
