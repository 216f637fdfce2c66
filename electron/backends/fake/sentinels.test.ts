import { describe, expect, it } from 'vitest'
import { vmId } from '../../../shared/model/ids'
import type { PromptAnswer } from '../../../shared/model/prompt'
import { expectKind } from '../suite/expect-kind'
import { fakeBackend, type FakeBackend } from './fake-backend'
import { markupName } from './guests'
import { connectTo, context, idOf, TestRequest } from './test-session'
import { TestClock } from './test-clock'

/** Nothing waits: for paths whose times do not matter. */
function instantBackend(): FakeBackend {
  return fakeBackend({ delay: () => Promise.resolve() })
}

function text(value: string): PromptAnswer {
  return { kind: 'text', values: [value] }
}

describe('demo hosts', () => {
  it('speaks for demo URIs only', () => {
    const backend = instantBackend()
    expect(
      ['demo://local/', 'DEMO://scale/', 'qemu:///system', 'demo:local'].map((uri) => backend.accepts(uri)),
    ).toEqual([true, true, false, false])
  })

  it('reports the stages of connecting in order', async () => {
    const request = new TestRequest('demo://local/')
    await instantBackend().connect(request)
    expect(request.stages).toEqual(['reaching', 'authenticating', 'opening'])
  })

  it('shows a dozen VMs or more in every state, with valid ids', async () => {
    const vms = await (await connectTo(instantBackend(), 'demo://local/')).listVms()
    expect(vms.length).toBeGreaterThanOrEqual(12)
    expect([...new Set(vms.map((vm) => vm.state))].sort()).toEqual([
      'crashed',
      'paused',
      'running',
      'shut-off',
    ])
    expect(vms.some((vm) => vm.hasSavedState)).toBe(true)
    expect(vms.some((vm) => !vm.isPersistent)).toBe(true)
    for (const vm of vms) expect(vmId.safeParse(vm.id).success).toBe(true)
  })

  it('keeps the ids of its VMs across starts of the app', async () => {
    const ids = async () =>
      (await (await connectTo(instantBackend(), 'demo://local/')).listVms()).map((vm) => vm.id)
    expect(await ids()).toEqual(await ids())
  })

  it('generates as many VMs as the scale host is asked for', async () => {
    const vms = await (await connectTo(instantBackend(), 'demo://scale/?vms=1234')).listVms()
    expect(vms.length).toBe(1234)
    expect(new Set(vms.map((vm) => vm.id)).size).toBe(1234)
    expect(new Set(vms.map((vm) => vm.name)).size).toBe(1234)
  })

  it('refuses senseless parameters and unknown hosts as invalid', async () => {
    for (const uri of [
      'demo://scale/?vms=lots',
      'demo://scale/?vms=999999',
      'demo://nowhere/',
      'demo://toString/',
    ]) {
      await expectKind(connectTo(instantBackend(), uri), 'invalid')
    }
  })

  it('has a VM whose name is markup on the markup host only, escaped in its definition', async () => {
    const backend = instantBackend()
    const session = await connectTo(backend, 'demo://markup/')
    const id = await idOf(session, markupName)
    expect(await session.xml(id)).toContain('<name>&lt;img src=x onerror=alert(1)&gt;</name>')
    const plain = await connectTo(backend, 'demo://local/')
    expect((await plain.listVms()).map((vm) => vm.name)).not.toContain(markupName)
  })

  it('fails as unreachable and denied where asked to', async () => {
    await expectKind(connectTo(instantBackend(), 'demo://unreachable/'), 'unreachable')
    await expectKind(connectTo(instantBackend(), 'demo://denied/'), 'denied')
  })

  it('asks for the password again after a wrong one', async () => {
    const request = new TestRequest('demo://wrong-password/', [text('guess'), text('inn')])
    await instantBackend().connect(request)
    expect(request.prompts.map((prompt) => prompt.kind === 'password' && prompt.isRetry)).toEqual([
      false,
      true,
    ])
    expect(request.lines.join()).not.toContain('guess')
  })

  it('gives up after three wrong passwords, and at once when the user cancels', async () => {
    const wrong = new TestRequest('demo://wrong-password/', [text('a'), text('b'), text('c'), text('inn')])
    await expectKind(instantBackend().connect(wrong), 'auth-failed')
    await expectKind(connectTo(instantBackend(), 'demo://wrong-password/'), 'cancelled')
  })

  it('connects only after its host key is accepted', async () => {
    const accept = new TestRequest('demo://host-key/', [{ kind: 'host-key', accept: true }])
    expect((await instantBackend().connect(accept)).info.hostname).toBe('demo-host-key')
    const refuse = new TestRequest('demo://host-key/', [{ kind: 'host-key', accept: false }])
    await expectKind(instantBackend().connect(refuse), 'denied')
  })

  it('stays stuck until the user cancels', async () => {
    const request = new TestRequest('demo://stuck/')
    const outcome = expectKind(instantBackend().connect(request), 'cancelled')
    request.abort()
    await outcome
  })

  it('is slow in every call, and a close ends the waiting', async () => {
    const clock = new TestClock()
    const connecting = connectTo(fakeBackend(clock), 'demo://slow/?ms=5000')
    await clock.advance(10_000)
    const session = await connecting
    let answered = false
    const list = session.listVms().finally(() => {
      answered = true
    })
    await clock.advance(4999)
    expect(answered).toBe(false)
    await clock.advance(1)
    expect((await list).length).toBeGreaterThan(0)
    const cut = expectKind(session.listVms(), 'unreachable')
    await session.close()
    await cut
  })

  it('loses the connection once where asked to, and holds it after the next connect', async () => {
    const clock = new TestClock()
    const backend = fakeBackend(clock)
    const closes: string[] = []
    const open = async () => {
      const connecting = connectTo(backend, 'demo://drops/?ms=2000')
      await clock.advance(1000)
      const session = await connecting
      session.onEvent((event) => {
        if (event.kind === 'closed') closes.push(event.error?.kind ?? 'by us')
      })
      return session
    }
    const first = await open()
    await clock.advance(2000)
    expect(closes).toEqual(['unreachable'])
    await expectKind(first.listVms(), 'unreachable')
    const second = await open()
    await clock.advance(60_000)
    expect(closes).toEqual(['unreachable'])
    expect((await second.listVms()).length).toBeGreaterThan(0)
  })

  it('fails to start, to save and to delete files where the VM is called so', async () => {
    const session = await connectTo(instantBackend(), 'demo://faults/')
    const starts = await idOf(session, 'fails-to-start')
    const error = await expectKind(session.power(starts, 'start', context()), 'invalid')
    expect(error.detail).toContain('fails-to-start.qcow2')
    const saves = await idOf(session, 'fails-to-save')
    await expectKind(session.power(saves, 'save', context()), 'invalid')
    const keeps = await idOf(session, 'keeps-its-files')
    const { files } = await session.deletePlan(keeps)
    const left = await session.delete(keeps, { files: files.map((file) => file.path) }, context())
    expect(left).toMatchObject({
      isDeleted: true,
      files: [
        {
          path: '/var/lib/libvirt/images/keeps-its-files.qcow2',
          result: 'failed',
          why: expect.stringContaining('Permission denied'),
        },
      ],
    })
    expect((await session.listVms()).map((vm) => vm.id)).not.toContain(keeps)
  })
})
