import { describe, expect, it } from 'vitest'
import { AppError } from '../../shared/errors'
import type { ContainerSource } from '../../shared/model/new-vm/container'
import type { NewVmInput, NewVmPlan } from '../../shared/model/new-vm/new-vm'
import type { HostFile } from '../../shared/model/storage/image'
import type { HypervisorSession } from '../backends/backend'
import { lookAtContainer } from './container-look'
import { createVm } from './create'
import { definitionOf } from './definition'
import { workOutNewVm, type DefinitionWriter } from './plan'
import { container, containers, program, withHostIds } from './testing/containers'
import { demo, failing } from './testing/demo'
import { factsFor } from './testing/hosts'
import { standIn } from './testing/stand-in-writer'
import { virtInstallOf } from './virt-install'

const writer: DefinitionWriter = { ...standIn, definitionOf, virtInstallOf }

async function planned(input: NewVmInput, session?: HypervisorSession): Promise<NewVmPlan> {
  return (await workOutNewVm(session ?? (await demo('demo://lxc/')).session, input, writer)).plan
}

const problemsOf = async (input: NewVmInput, session?: HypervisorSession) =>
  (await planned(input, session)).problems.map(({ level, field, message }) => [level, field, message])

describe('the definition of a container', () => {
  it('of a system says its folder, its first program and its IDs, and nothing of a machine', () => {
    const xml = definitionOf(container(), factsFor(container()), undefined)
    const flat = xml.replaceAll(/\s+/g, ' ').replaceAll('"', "'")
    expect(flat).toContain("<domain type='lxc'>")
    expect(flat).toContain("<type arch='x86_64'>exe</type> <init>/sbin/init</init>")
    expect(flat).toContain(
      "<filesystem type='mount' accessmode='passthrough'> <source dir='/srv/debian'/> <target dir='/'/> </filesystem>",
    )
    expect(flat).toContain("<uid start='0' target='100000' count='65536'/>")
    expect(flat).toContain("<gid start='0' target='200000' count='65536'/>")
    expect(flat).toContain("<console type='pty'>")
    // what the kernel takes from its root is the host's to say
    for (const none of ['<disk', '<graphics', '<clock', '<controller', '<capabilities'])
      expect(flat).not.toContain(none)
  })

  it('of a program has its arguments in order, its environment and its folder', () => {
    const input = containers['a program with all that can be said']
    const flat = definitionOf(input, factsFor(input), undefined).replaceAll('"', "'")
    expect([...flat.matchAll(/<initarg>(.*?)<\/initarg>/g)].map(([, text]) => text)).toEqual([
      '-c',
      "echo 'a, b' 'c'",
      '--x=1',
    ])
    expect(flat).toContain("<initenv name='LANG'>C.UTF-8</initenv>")
    expect(flat).toContain('<initdir>/var/tmp</initdir>')
  })

  it("never has the host's own network, with cards or without", () => {
    for (const input of [container(), containers['a program without a card']])
      expect(definitionOf(input, factsFor(input), undefined)).toContain('<privnet/>')
  })
})

describe('what stands against a container', () => {
  it('is nothing where its folder has a system', async () => {
    expect(await problemsOf(container())).toEqual([])
    expect(await problemsOf(program())).toEqual([])
  })

  it('is a folder that is missing, a file or empty', async () => {
    expect(await problemsOf(container({ root: '/srv/none' }))).toEqual([
      ['error', 'source.root', 'There is no folder /srv/none on this host'],
    ])
    expect(await problemsOf(container({ root: '/etc/hostname' }))).toEqual([
      ['error', 'source.root', '/etc/hostname is a file'],
    ])
    expect(await problemsOf(container({ root: '/srv/backup' }))).toEqual([
      ['error', 'source.root', 'The folder /srv/backup is empty, so there is nothing to start'],
    ])
  })

  it('is a first program that is missing, a folder, or that nobody may execute', async () => {
    expect(await problemsOf(container({ init: '/usr/lib/systemd/systemd' }))).toEqual([
      ['error', 'source.init', 'There is no program /usr/lib/systemd/systemd in /srv/debian'],
    ])
    expect(await problemsOf(program({ init: '/srv/debian' }))).toEqual([
      ['error', 'source.init', '/srv/debian is a folder'],
    ])
    expect(await problemsOf(program({ init: '/etc/hostname' }))).toEqual([
      ['error', 'source.init', '/etc/hostname on this host is no program: nobody may execute it'],
    ])
  })

  it("is told when its root is the host's", async () => {
    expect(await problemsOf(withHostIds(container()))).toEqual([
      ['warning', 'source.ids', "The container's root is the host's root: who breaks out of it has the host"],
    ])
  })

  it('is a card that only emulators have, and what a container has not', async () => {
    expect(
      await problemsOf(container({}, { nics: [{ source: { kind: 'user' } }], graphics: 'vnc' })),
    ).toEqual([
      ['error', 'nics.0.source', expect.stringContaining('Containers have no user network')],
      ['error', 'source', 'Containers have neither disks nor a display or a TPM'],
    ])
  })

  it('is unknown where no command can be run on the host, and told where it fails', async () => {
    const { session } = await demo('demo://lxc/')
    const withImages = (kind: 'unsupported' | 'timed-out'): HypervisorSession =>
      failing(session, {
        images: failing(session.images, { folder: () => Promise.reject(new AppError(kind, 'No')) }),
      })
    const nowhere = container({ root: '/srv/none' })
    expect(await problemsOf(nowhere, withImages('unsupported'))).toEqual([])
    expect(await problemsOf(nowhere, withImages('timed-out'))).toEqual([
      ['warning', undefined, expect.stringContaining("the host did not tell the container's files")],
    ])
  })
})

describe('looking at the files of a container', () => {
  const file = (name: string, more: Partial<HostFile> = {}): HostFile => ({
    name,
    isFolder: false,
    isLink: false,
    ...more,
  })
  const tree: Record<string, readonly HostFile[]> = {
    '/c': [file('sbin', { isFolder: true, isLink: true }), file('lib', { isFolder: true }), file('run')],
    '/c/lib': [file('init', { isLink: true }), file('real', { isExecutable: true })],
  }
  const look = (init: string, isTruncated = false) =>
    lookAtContainer({ root: '/c', init } as ContainerSource, (path) => {
      const files = tree[path]
      return files
        ? Promise.resolve({ path, files, isTruncated })
        : Promise.reject(new AppError('not-found', 'Not there'))
    })

  it('follows no link, as it leads elsewhere from within', async () => {
    expect(await look('/sbin/init')).toEqual({ root: 'filled' })
    expect(await look('/lib/init')).toEqual({ root: 'filled' })
    expect(await look('/lib/real')).toEqual({ root: 'filled', init: 'there' })
  })

  it('takes nothing for missing in a folder that was not read to its end', async () => {
    expect(await look('/lib/none')).toEqual({ root: 'filled', init: 'missing' })
    expect(await look('/run/none')).toEqual({ root: 'filled', init: 'missing' })
    expect(await look('/lib/none', true)).toEqual({ root: 'filled' })
  })
})

describe('making a container', () => {
  it('stores and starts it, and its definition is the one that was shown', async () => {
    const { session, host } = await demo('demo://lxc/')
    const input = container({}, { hasAutostart: true })
    const worked = await workOutNewVm(session, input, writer)
    await createVm(session, input, worked, {
      signal: new AbortController().signal,
      onProgress: () => undefined,
    })
    const vm = host.byName('new-01')
    expect(vm).toMatchObject({ state: 'running', autostart: true })
    expect(vm?.definition).toMatchObject({
      virtType: 'lxc',
      osType: 'exe',
      disks: [],
      display: { kind: 'none' },
    })
    expect(vm?.storedXml).toContain('/srv/debian')
    expect(worked.plan.files).toEqual([])
    expect(worked.plan.command).toContain('--filesystem')
  })
})
