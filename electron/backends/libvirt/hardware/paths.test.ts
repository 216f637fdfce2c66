import { expect, test } from 'vitest'
import { AppError } from '../../../../shared/errors'
import type { HardwareChange } from '../../../../shared/model/hardware/change'
import { EditDocument } from '../../../domain-xml/edit/tree'
import type { WorkedOut } from '../../../domain-xml/hardware/work-out'
import type { LibvirtHost } from '../host'
import { checkPaths } from './paths'

/** A host with these files and folders; `closed` are folders that user 64055, as whom its emulator runs, may not enter. */
function hostWith({
  files = ['/images/a.qcow2'],
  folders = ['/', '/images', '/export'],
  closed = [] as string[],
  name = 'rack-1',
  refusesCommands = false,
}) {
  const ran: string[][] = []
  const run = (argv: string[]) => {
    ran.push(argv)
    if (refusesCommands) return Promise.reject(new AppError('denied', 'This account has no shell'))
    return Promise.resolve({ stdout: '', ...answer(argv) })
  }
  const answer = (argv: string[]): { code: number; stdout?: string } => {
    const [program = '', ...rest] = argv
    if (program === 'uname') return { code: 0, stdout: `${name}\n` }
    if (program === 'id') return { code: 0, stdout: 'libvirt-qemu\n' }
    if (program === 'setpriv') {
      const what = rest.at(-1) ?? ''
      return { code: closed.some((folder) => what.startsWith(`${folder}/`)) ? 1 : answer(rest.slice(3)).code }
    }
    const [what, path = ''] = rest
    const isFolder = folders.includes(path)
    return { code: (what === '-e' ? isFolder || files.includes(path) : isFolder) ? 0 : 1 }
  }
  const capabilities = `<capabilities><host><secmodel><model>dac</model><doi>0</doi>
    <baselabel type='kvm'>+64055:+994</baselabel></secmodel></host></capabilities>`
  const host = {
    driver: 'QEMU',
    link: { run },
    rpc: { call: () => Promise.resolve({ capabilities }) },
  } as unknown as LibvirtHost
  return { host, ran }
}

const disk = { kind: 'disk', key: 'vda' }
const setsImage = (source: string): HardwareChange => ({ kind: 'set', item: disk, values: { file: source } })

function check(host: LibvirtHost, change: HardwareChange, domain = '<domain/>'): Promise<void> {
  const applied = [{ change }]
  return checkPaths(host, { applied, after: EditDocument.parse(domain) } as unknown as WorkedOut, 'rack-1')
}

test('an image that is there and within reach is taken', async () => {
  await check(hostWith({}).host, setsImage('/images/a.qcow2'))
})

test('an image that is not there, or in no folder, or a folder, is refused at its field', async () => {
  const { host } = hostWith({})
  for (const [path, words] of [
    ['/images/b.qcow2', 'There is no such file on the host'],
    ['/nowhere/b.qcow2', 'The folder does not exist on the host'],
    ['/images', 'This is a folder'],
  ] as const) {
    const outcome = check(host, setsImage(path))
    await expect(outcome).rejects.toMatchObject({ kind: 'not-found', field: 'file', detail: path })
    await expect(outcome).rejects.toThrow(words)
  }
})

test('an image in a folder that the emulator’s user may not enter is refused, with that user’s name', async () => {
  const { host } = hostWith({ closed: ['/images'] })
  await expect(check(host, setsImage('/images/a.qcow2'))).rejects.toThrow(
    'user “libvirt-qemu”, who may not enter',
  )
  // this VM's emulator runs as somebody else
  await check(host, setsImage('/images/a.qcow2'), "<domain><seclabel type='none' model='dac'/></domain>")
})

test('a shared folder must be a folder, and the emulator’s user does not count for it', async () => {
  const { host } = hostWith({ closed: ['/export'], folders: ['/', '/images', '/export', '/export/a'] })
  const shares = (path: string): HardwareChange => ({
    kind: 'add',
    key: 'new-1',
    device: 'filesystem',
    values: { directory: path },
  })
  await check(host, shares('/export/a'))
  await expect(check(host, shares('/images/a.qcow2'))).rejects.toThrow('This is no folder')
  await expect(check(host, shares('/images/b'))).rejects.toThrow('There is no such folder on the host')
})

test('nothing is said where commands run on another computer than the daemon, or not at all', async () => {
  await check(hostWith({ name: 'laptop' }).host, setsImage('/images/b.qcow2'))
  await check(hostWith({ refusesCommands: true }).host, setsImage('/images/b.qcow2'))
})

test('a change that names no path asks the host nothing', async () => {
  const { host, ran } = hostWith({})
  await check(host, { kind: 'set', item: disk, values: { cache: 'none' } })
  expect(ran).toEqual([])
})
