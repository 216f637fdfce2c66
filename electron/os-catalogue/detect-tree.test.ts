import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { testServer, type TestServer } from '../web/testing/test-server'
import { webOf } from '../web/web'
import { osCatalogue } from './catalogue'
import { detectTree } from './detect-tree'
import { InstallTrees } from './install-trees'

let server: TestServer | undefined

afterEach(async () => {
  await server?.close()
  server = undefined
})

async function detect(files: Parameters<typeof testServer>[0], below = '') {
  server = await testServer(files)
  return detectTree(server.url + below, webOf(), await osCatalogue())
}

const fedora = `[general]
family = Fedora
version = 42
arch = x86_64
variant = Server
[images-x86_64]
kernel = images/pxeboot/vmlinuz
initrd = images/pxeboot/initrd.img
`

describe('a folder to install from', () => {
  it('says itself what it is', async () => {
    expect(await detect({ '/os/.treeinfo': fedora }, '/os')).toEqual({
      os: { id: 'http://fedoraproject.org/fedora/42', shortId: 'fedora42', name: 'Fedora Linux 42' },
      label: 'Fedora 42',
      arch: 'x86_64',
      variant: 'Server',
      kernel: 'images/pxeboot/vmlinuz',
      initrd: 'images/pxeboot/initrd.img',
      installer: 'anaconda',
      urlArgument: 'inst.repo',
    })
    expect(server?.requests).toEqual(['GET /os/.treeinfo'])
  })

  it('may have the file under its other name, and its address a slash at the end', async () => {
    expect(await detect({ '/os/treeinfo': fedora }, '/os/')).toMatchObject({ os: { shortId: 'fedora42' } })
  })

  it('of a system nobody knows can be started all the same', async () => {
    const text = fedora
      .replace('Fedora', 'Nothing Linux')
      .replaceAll('images/pxeboot/', 'boot/x86_64/loader/')
    expect(await detect({ '/.treeinfo': text })).toEqual({
      label: 'Nothing Linux 42',
      arch: 'x86_64',
      variant: 'Server',
      kernel: 'boot/x86_64/loader/vmlinuz',
      initrd: 'boot/x86_64/loader/initrd.img',
      installer: 'other',
    })
  })

  it("that says no kernel has that of its system's usual place", async () => {
    const text = fedora.slice(0, fedora.indexOf('[images'))
    const place = { '/images/pxeboot/vmlinuz': 'k', '/images/pxeboot/initrd.img': 'i' }
    expect(await detect({ '/.treeinfo': text, ...place })).toMatchObject({ kernel: 'images/pxeboot/vmlinuz' })
  })

  it('of Debian is told by its address', async () => {
    const below = '/debian/dists/bookworm/main/installer-amd64'
    const place = `${below}/current/images/netboot/debian-installer/amd64`
    expect(await detect({ [`${place}/linux`]: 'k', [`${place}/initrd.gz`]: 'i' }, below)).toEqual({
      os: { id: 'http://debian.org/debian/12', shortId: 'debian12', name: 'Debian 12' },
      label: '',
      arch: 'x86_64',
      kernel: 'current/images/netboot/debian-installer/amd64/linux',
      initrd: 'current/images/netboot/debian-installer/amd64/initrd.gz',
      installer: 'debian',
    })
  })

  it.each([
    ['/boot/x86_64/loader/linux', '/boot/x86_64/loader/initrd', 'yast', 'install'],
    ['/casper/vmlinuz', '/casper/initrd', 'subiquity', undefined],
    ['/install.amd/vmlinuz', '/install.amd/initrd.gz', 'debian', undefined],
    ['/images/pxeboot/vmlinuz', '/images/pxeboot/initrd.img', 'anaconda', 'inst.repo'],
    ['/boot/vmlinuz-virt', '/boot/initramfs-virt', 'other', undefined],
  ])('without a word is found by its kernel %s', async (kernel, initrd, installer, urlArgument) => {
    const found = await detect({ [kernel]: 'k', [initrd]: 'i' })
    expect(found).toMatchObject({ kernel: kernel.slice(1), initrd: initrd.slice(1), installer })
    expect(found.urlArgument).toBe(urlArgument)
  })
})

it('is found on a server that refuses what it does not have', async () => {
  const refuse = (_: unknown, response: ServerResponse): void => void response.writeHead(403).end()
  const files = { '/.treeinfo': refuse, '/treeinfo': refuse, '/images/pxeboot/vmlinuz': refuse }
  const place = { '/casper/vmlinuz': 'k', '/casper/initrd': 'i' }
  expect(await detect({ ...files, ...place })).toMatchObject({ kernel: 'casper/vmlinuz' })
  await server?.close()
  await expect(detect(files)).rejects.toMatchObject({ kind: 'denied' })
})

describe('what is no such folder', () => {
  it('is told with what to enter instead', async () => {
    await expect(detect({ '/index.html': 'Hello' })).rejects.toMatchObject({
      kind: 'not-found',
      message: expect.stringMatching(/^There is nothing to install from at http:\/\/127/),
      cure: expect.stringContaining('.treeinfo'),
    })
  })

  it('holds packages only', async () => {
    const text =
      '[general]\nfamily = Red Hat Enterprise Linux\nversion = 99.9\narch = x86_64\nvariant = AppStream\n'
    await expect(detect({ '/.treeinfo': text })).rejects.toMatchObject({
      kind: 'not-found',
      message: expect.stringContaining('without a kernel'),
    })
  })

  it('is on a server that does not answer', async () => {
    server = await testServer({})
    const { url } = server
    await server.close()
    server = undefined
    await expect(detectTree(url, webOf(), await osCatalogue())).rejects.toMatchObject({ kind: 'unreachable' })
  })
})

it('what was found is kept for a while, and what failed only for a moment', async () => {
  const files: Record<string, string> = {}
  server = await testServer(files)
  let now = 1_000_000
  const trees = new InstallTrees(webOf(), osCatalogue, () => now)
  const { url } = server
  await expect(trees.detect(url)).rejects.toMatchObject({ kind: 'not-found' })
  const asked = server.requests.length
  await expect(trees.detect(url)).rejects.toMatchObject({ kind: 'not-found' })
  expect(server.requests).toHaveLength(asked)
  files['/.treeinfo'] = fedora
  now += 3_001
  expect(await trees.detect(url)).toMatchObject({ label: 'Fedora 42' })
  await trees.detect(url)
  expect(server.requests).toHaveLength(asked + 1)
  now += 300_001
  await trees.detect(url)
  expect(server.requests).toHaveLength(asked + 2)
})
