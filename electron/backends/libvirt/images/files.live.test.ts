import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ImageBench } from './testing'

/** Somebody who owns nothing. */
const nobody = { uid: '65534', gid: '65534' }

let bench: ImageBench

beforeEach(async () => {
  bench = await ImageBench.start({ vmUser: async () => nobody })
})

afterEach(() => bench.stop())

describe('a folder of the host', () => {
  it('is told with its folders first, whatever their names are', async () => {
    await bench.do('mkdir', bench.at('z, folder'))
    await bench.do('truncate', '-s', '1234', bench.at('a\nfile'))
    await bench.do('ln', '-s', bench.at('z, folder'), bench.at('link'))
    await bench.do('ln', '-s', '/nowhere/at/all', bench.at('dangling'))
    const { path, files, isTruncated } = await bench.session.folder(bench.folder)
    expect({ path, isTruncated }).toEqual({ path: bench.folder, isTruncated: false })
    expect(files.map(({ name, isFolder, isLink, sizeBytes }) => [name, isFolder, isLink, sizeBytes])).toEqual(
      [
        ['link', true, true, undefined],
        ['z, folder', true, false, undefined],
        ['a\nfile', false, false, 1234],
        ['dangling', false, true, undefined],
      ],
    )
    expect(files.every(({ modifiedAtMs = 0 }) => modifiedAtMs > Date.UTC(2020, 0))).toBe(true)
  })

  it('of many thousands is told in part', async () => {
    await bench.do('sh', '-c', 'cd "$1" && seq 1 6000 | xargs touch', 'sh', bench.folder)
    const { files, isTruncated } = await bench.session.folder(bench.folder)
    expect({ count: files.length, isTruncated }).toEqual({ count: 5000, isTruncated: true })
  })

  it('that is empty, missing, or a file is told apart', async () => {
    expect(await bench.session.folder(bench.folder)).toMatchObject({ files: [] })
    await expect(bench.session.folder(bench.at('none'))).rejects.toMatchObject({ kind: 'not-found' })
    await bench.do('touch', bench.at('file'))
    await expect(bench.session.folder(bench.at('file'))).rejects.toMatchObject({
      kind: 'invalid',
      message: 'This is no folder',
    })
  })
})

describe('the way to a file', () => {
  it('is closed by a folder that only root enters, and opened by what is proposed, no further', async () => {
    const path = bench.at('home/inner/disk.img')
    await bench.do('mkdir', '-p', bench.at('home/inner'))
    await bench.do('touch', path)
    await bench.do('chmod', '755', bench.folder)
    await bench.do('chmod', '700', bench.at('home'), bench.at('home/inner'))
    const before = await bench.session.pathAccess(path)
    expect(before).toMatchObject({
      exists: true,
      canRead: false,
      canWrite: false,
      user: 'nobody',
      blockedAt: bench.at('home'),
      why: expect.stringContaining('may not go through the folder'),
    })
    expect(before.fix?.argv.slice(-2)).toEqual([bench.at('home'), bench.at('home/inner')])
    expect(before.fix?.paths).toEqual([bench.at('home'), bench.at('home/inner')])
    await bench.session.grantAccess(path)
    const after = await bench.session.pathAccess(path)
    expect(after).toMatchObject({ exists: true, canRead: true, canWrite: false })
    expect(after.blockedAt).toBeUndefined()
    expect(after.fix).toBeUndefined()
    // through, and not into: nothing in there can be listed
    const listing = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', 'ls', bench.at('home')]
    expect((await bench.link.run(listing)).code).not.toBe(0)
    // and what is told to take it back does
    const [undo = '', ...words] = before.fix?.undo ?? []
    await bench.do(undo, ...words)
    expect(await bench.session.pathAccess(path)).toMatchObject({ blockedAt: bench.at('home') })
  })

  it('that leads nowhere is told, and so is an image that libvirt will hand over', async () => {
    await bench.do('chmod', '755', bench.folder)
    expect(await bench.session.pathAccess(bench.at('none.img'))).toMatchObject({
      exists: false,
      why: 'There is no such file on the host',
    })
    await bench.do('install', '-m', '600', '/dev/null', bench.at('disk.img'))
    const access = await bench.session.pathAccess(bench.at('disk.img'))
    expect(access).toMatchObject({
      canRead: false,
      why: expect.stringContaining('hands it over when a VM starts'),
    })
    expect(access.blockedAt).toBeUndefined()
  })

  it('needs nothing where VMs run as root, and is not judged where nobody knows as whom', async () => {
    const asRoot = await ImageBench.start({ vmUser: async () => ({ uid: '0', gid: '0' }) })
    expect(await asRoot.session.pathAccess(asRoot.folder)).toMatchObject({ canRead: true, user: 'root' })
    await asRoot.stop()
    const unknown = await ImageBench.start()
    const access = await unknown.session.pathAccess(unknown.folder)
    expect(access).toMatchObject({ exists: true, why: expect.stringContaining('does not tell') })
    expect(access.canRead).toBeUndefined()
    await unknown.stop()
  })

  it('is not opened by a connection that only looks', async () => {
    const looking = await ImageBench.start({ isReadOnly: true, vmUser: async () => nobody })
    await expect(looking.session.grantAccess(looking.at('x'))).rejects.toMatchObject({ kind: 'denied' })
    await looking.stop()
  })
})

describe('another host', () => {
  it('is not mistaken for the one that commands run on', async () => {
    const other = await ImageBench.start({ hostname: 'somewhere-else' })
    await expect(other.session.folder('/')).rejects.toMatchObject({
      kind: 'unsupported',
      detail: expect.stringContaining('somewhere-else'),
    })
    await other.stop()
  })
})
