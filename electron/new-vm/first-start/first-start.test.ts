import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError, errorData, type ErrorData } from '../../../shared/errors'
import type { TreeSource } from '../../../shared/model/new-vm/install-tree'
import type { NewVmInput, NewVmPlan } from '../../../shared/model/new-vm/new-vm'
import type { ActionContext, HypervisorSession } from '../../backends/backend'
import { EditDocument } from '../../domain-xml/edit/tree'
import { OperatingSystems } from '../../os-catalogue/operating-systems'
import { testServer, type TestServer } from '../../web/testing/test-server'
import { createVm } from '../create'
import { workOutNewVm } from '../plan'
import { planSeries } from '../series'
import { demo, failing, type Demo } from '../testing/demo'
import { disk, existing, wanted } from '../testing/inputs'
import { definitionWriter } from '../writer'
import { firstStartDefinition } from './definition'

const kernel = Buffer.alloc(300_000, 'kernel')
const initrd = Buffer.alloc(700_000, 'initrd')
const treeInfo = `[general]
family = Fedora
version = 42
arch = x86_64
variant = Server
[images-x86_64]
kernel = images/pxeboot/vmlinuz
initrd = images/pxeboot/initrd.img
`
const folder = '/var/lib/libvirt/images'

let here: string
let one: Demo
let server: TestServer
let files: Record<string, string | Uint8Array>
let systems: OperatingSystems

beforeEach(async () => {
  // what others leave in this computer's folder is none of ours
  here = await mkdtemp(join(tmpdir(), 'innkeeper-here-'))
  vi.stubEnv('TMPDIR', here)
  files = {
    '/os/.treeinfo': treeInfo,
    '/os/images/pxeboot/vmlinuz': kernel,
    '/os/images/pxeboot/initrd.img': initrd,
  }
  server = await testServer(files)
  one = await demo()
  systems = new OperatingSystems({ hosts: { get: () => one.session } })
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await server.close()
  await rm(here, { recursive: true })
})

const writer = definitionWriter(
  (id) => systems.get(id),
  (url) => systems.detectTree(url),
)

function input(more: Partial<NewVmInput> = {}, source: Partial<TreeSource> = {}): NewVmInput {
  return wanted({
    osId: 'http://fedoraproject.org/fedora/42',
    source: { kind: 'tree', url: `${server.url}/os`, kernelArgs: '', isTextConsole: false, ...source },
    ...more,
  })
}

const plan = (more: Partial<NewVmInput> = {}, source: Partial<TreeSource> = {}): Promise<NewVmPlan> =>
  planSeries(one.session, input(more, source), writer)

async function create(
  session: HypervisorSession,
  more: Partial<NewVmInput> = {},
  context: Partial<ActionContext> = {},
): Promise<ErrorData | undefined> {
  const worked = await workOutNewVm(session, input(more), writer)
  try {
    await createVm(session, input(more), worked, {
      signal: new AbortController().signal,
      onProgress: () => undefined,
      ...context,
    })
    return undefined
  } catch (error) {
    return errorData(error)
  }
}

/** On the host and on this computer. */
async function left(): Promise<string[]> {
  return [...[...one.host.files.keys()].filter((path) => path.includes('new-01')), ...(await readdir(here))]
}

describe('the plan of an installation from a folder on the web', () => {
  it('names what is fetched, what the kernel is told, and the equal command', async () => {
    const {
      files: planned,
      problems,
      kernelLine,
      command,
      commandNotes,
      xml,
    } = await plan(
      { graphics: 'none' },
      { kernelArgs: 'ip=dhcp', answersUrl: 'http://a.example/ks', isTextConsole: true },
    )
    expect(problems).toEqual([])
    expect(planned.slice(1)).toEqual([
      {
        action: 'fetch',
        what: 'kernel',
        name: 'default/new-01-kernel',
        path: `${folder}/new-01-kernel`,
        from: `${server.url}/os/images/pxeboot/vmlinuz`,
      },
      {
        action: 'fetch',
        what: 'initrd',
        name: 'default/new-01-initrd',
        path: `${folder}/new-01-initrd`,
        from: `${server.url}/os/images/pxeboot/initrd.img`,
      },
    ])
    const rest = 'inst.ks=http://a.example/ks console=ttyS0,115200 inst.text ip=dhcp'
    expect(kernelLine).toBe(`inst.repo=${server.url}/os/ ${rest}`)
    expect(command).toContain(`--location ${server.url}/os --extra-args '${rest}'`)
    expect(command).toContain('--graphics none')
    expect(commandNotes).toContain(
      'It fetches the kernel itself, and the VM stays off when the installer restarts it.',
    )
    expect(xml).not.toContain('kernel>')
    expect(await left()).toEqual([])
  })

  it('names the kernel in the command of a system that nobody knows', async () => {
    files['/os/.treeinfo'] = treeInfo.replace('Fedora', 'Nothing Linux')
    expect((await plan()).command).toContain(
      `--location ${server.url}/os,kernel=images/pxeboot/vmlinuz,initrd=images/pxeboot/initrd.img --extra-args inst.repo=${server.url}/os/`,
    )
  })

  it('takes names that are free, and the same addresses of cards each time', async () => {
    await one.session.storage.prepareUpload({ pool: 'default', volume: 'new-01-kernel' }, 1, 'raw')
    const [first, second] = [await plan(), await plan()]
    expect(first.files.map(({ name }) => name)).toEqual([
      'default/new-01.qcow2',
      'default/new-01-kernel-2',
      'default/new-01-initrd',
    ])
    expect(first.xml).toMatch(/<mac address=["']52:54:00/)
    expect(second.xml).toBe(first.xml)
  })

  it('puts the kernel into a pool that is a folder where the disks are in none', async () => {
    const planned = await plan({ disks: [existing('/srv/x.qcow2')] })
    expect(planned.files.at(-1)).toMatchObject({ name: 'default/new-01-initrd' })
  })

  it.each<[string, string, () => [Partial<NewVmInput>, Partial<TreeSource>]]>([
    ['error source.url', 'nothing to install from', () => [{}, { url: `${server.url}/none` }]],
    [
      'error source.url',
      'is for x86_64',
      () => [{ guest: { virtType: 'qemu', osType: 'hvm', architecture: 'aarch64', machine: 'virt' } }, {}],
    ],
    ['error startsNow', 'begins when the VM is created', () => [{ startsNow: false }, {}]],
    [
      'error source.kernelArgs',
      'longer than',
      () => [{}, { kernelArgs: 'x'.repeat(1400), answersUrl: `http://a/${'y'.repeat(900)}` }],
    ],
    ['warning firmware', 'Secure Boot', () => [{ firmware: 'efi-secure' }, {}]],
  ])('tells %s: %s', async (where, words, wish) => {
    const { problems } = await plan(...wish())
    const found = problems.find(({ message }) => message.includes(words))
    expect(`${found?.level} ${found?.field}`).toBe(where)
    expect(found?.cure).toMatch(/\.$/)
  })

  it('tells when nobody knows how the installer takes its answers', async () => {
    files['/os/.treeinfo'] = treeInfo.replace('Fedora', 'Nothing Linux').replaceAll('images/pxeboot', 'x')
    const { problems } = await plan({}, { answersUrl: 'http://a/f' })
    expect(problems).toMatchObject([{ level: 'error', field: 'source.answersUrl' }])
  })

  it('tells when the host has no folder for the kernel', async () => {
    const session = failing(one.session, {
      storage: failing(one.session.storage, { pools: async () => ({ items: [] }) }),
    })
    const { problems } = await planSeries(session, input({ disks: [] }), writer)
    expect(problems).toMatchObject([{ level: 'error', field: 'source' }])
  })
})

describe('an installation from a folder on the web', () => {
  it('starts with the fetched kernel, is stored without it, and leaves no file of it', async () => {
    const sent = new Map<string, Buffer[]>()
    let firstStart = ''
    const session = failing(one.session, {
      storage: failing(one.session.storage, {
        openUpload: async (volume, range, signal) => {
          const sink = await one.session.storage.openUpload(volume, range, signal)
          const parts: Buffer[] = []
          sent.set(volume.volume, parts)
          return failing(sink, {
            write: async (bytes) => {
              parts.push(Buffer.from(bytes))
              await sink.write(bytes)
            },
          })
        },
      }),
      creation: failing(one.session.creation, {
        install: (first, stored) => {
          firstStart = first
          return one.session.creation.install(first, stored)
        },
      }),
    })
    const progress: number[] = []
    const context = { onProgress: (fraction: number) => progress.push(fraction) }
    expect(await create(session, { hasAutostart: true }, context)).toBeUndefined()
    const vm = one.host.byName('new-01')
    expect(vm).toMatchObject({ state: 'running', isPersistent: true, autostart: true })
    const { root } = EditDocument.parse(firstStart)
    expect(root.find('os', 'kernel')?.text()).toBe(`${folder}/new-01-kernel`)
    expect(root.find('os', 'initrd')?.text()).toBe(`${folder}/new-01-initrd`)
    expect(root.find('os', 'cmdline')?.text()).toBe(`inst.repo=${server.url}/os/`)
    expect(root.find('on_reboot')?.text()).toBe('destroy')
    expect(vm?.storedXml).not.toContain('kernel>')
    const cards = [firstStart, vm?.storedXml ?? ''].map((xml) => /<mac [^>]*>/.exec(xml)?.[0])
    expect(cards[0]).toBe(cards[1])
    expect(Buffer.concat(sent.get('new-01-kernel') ?? []).equals(kernel)).toBe(true)
    expect(Buffer.concat(sent.get('new-01-initrd') ?? []).equals(initrd)).toBe(true)
    expect(await left()).toEqual([`${folder}/new-01.qcow2`])
    expect(progress).toEqual(progress.toSorted((a, b) => a - b))
    expect(progress.at(-1)).toBe(1)
  })

  it('makes nothing when the kernel cannot be fetched', async () => {
    const worked = await workOutNewVm(one.session, input(), writer)
    delete files['/os/images/pxeboot/initrd.img']
    const context = { signal: new AbortController().signal, onProgress: () => undefined }
    await expect(createVm(one.session, input(), worked, context)).rejects.toMatchObject({
      kind: 'not-found',
      message: `There is no ${server.url}/os/images/pxeboot/initrd.img`,
    })
    expect(await left()).toEqual([])
    expect(one.host.byName('new-01')).toBeUndefined()
  })

  it('takes everything back when the host does not start it', async () => {
    const session = failing(one.session, {
      creation: failing(one.session.creation, {
        install: () => Promise.reject(new AppError('invalid', 'The host does not accept this')),
      }),
    })
    expect(await create(session)).toMatchObject({ message: 'The host does not accept this' })
    expect(await left()).toEqual([])
  })

  it('takes a VM that runs back as well when what follows fails', async () => {
    const session = failing(one.session, {
      setAutostart: () => Promise.reject(new AppError('denied', 'Not for you')),
    })
    expect((await create(session, { hasAutostart: true }))?.kind).toBe('denied')
    expect(one.host.byName('new-01')).toBeUndefined()
    expect(await left()).toEqual([])
  })

  it('is given up at any time until it runs', async () => {
    for (const at of [0.1, 0.5, 0.65]) {
      const stop = new AbortController()
      const onProgress = (fraction: number): void => {
        if (fraction >= at) stop.abort()
      }
      expect(await create(one.session, {}, { signal: stop.signal, onProgress })).toMatchObject({
        kind: 'cancelled',
      })
      expect(await left()).toEqual([])
      expect(one.host.byName('new-01')).toBeUndefined()
    }
  })

  it('goes on when the files cannot be removed, and names them', async () => {
    const session = failing(one.session, {
      storage: failing(one.session.storage, {
        deleteVolume: () => Promise.reject(new AppError('busy', 'In use')),
      }),
    })
    expect(await create(session)).toMatchObject({
      kind: 'busy',
      message: expect.stringContaining('is being installed'),
      cure: expect.stringContaining(
        'new-01-kernel in the pool default and new-01-initrd in the pool default',
      ),
    })
    expect(one.host.byName('new-01')?.state).toBe('running')
  })

  it('ends with the restart of its installer, and starts from its disk then', async () => {
    expect(await create(one.session, { disks: [disk()] })).toBeUndefined()
    const vm = one.host.byName('new-01')
    if (!vm) throw new Error('It was made')
    const context = { signal: new AbortController().signal, onProgress: () => undefined }
    expect(await one.session.xml(vm.definition.id)).toContain('new-01-kernel')
    await one.session.power(vm.definition.id, 'reboot', context)
    expect(vm.state).toBe('shut-off')
    await one.session.power(vm.definition.id, 'start', context)
    expect(await one.session.xml(vm.definition.id)).not.toContain('new-01-kernel')
  })
})

it('the definition of a first start differs in what starts it, and in what a restart does', () => {
  const stored = `<domain type='xen'>
  <name>a</name>
  <bootloader>pygrub</bootloader>
  <os>
    <type>linux</type>
  </os>
  <on_reboot>restart</on_reboot>
</domain>
`
  expect(firstStartDefinition(stored, { kernel: '/k', line: 'a="b" <c> & d' })).toBe(`<domain type='xen'>
  <name>a</name>
  <os>
    <type>linux</type>
    <kernel>/k</kernel>
    <cmdline>a="b" &lt;c&gt; &amp; d</cmdline>
  </os>
  <on_reboot>destroy</on_reboot>
</domain>
`)
})
