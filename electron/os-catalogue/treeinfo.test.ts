import { describe, expect, it } from 'vitest'
import { osCatalogue } from './catalogue'
import { identifyTree, identifyTreeAddress, readTreeInfo } from './treeinfo'

/** As the first form of the file has it, which all later ones keep. */
const treeInfo = (family: string, version: string, arch: string, variant = ''): string => `[general]
name = ${family} ${version}
family = ${family}
version = ${version}
arch = ${arch}
variant = ${variant}

[images-${arch}]
kernel = images/pxeboot/vmlinuz
initrd = images/pxeboot/initrd.img
`

describe('a tree with a treeinfo file', () => {
  it.each([
    ['Fedora', '42', 'x86_64', 'Server', 'fedora42'],
    ['Fedora', '41', 'aarch64', 'Everything', 'fedora41'],
    ['Fedora', '45', 'x86_64', 'Server', 'fedora-unknown'],
    ['Red Hat Enterprise Linux', '9.4', 'x86_64', 'BaseOS', 'rhel9.4'],
    ['Red Hat Enterprise Linux', '8.9', 's390x', 'BaseOS', 'rhel8.9'],
    ['Red Hat Enterprise Linux', '7.9', 'ppc64le', 'Server', 'rhel7.9'],
    ['CentOS', '7', 'x86_64', '', 'centos7.0'],
    ['CentOS Stream', '9', 'x86_64', 'BaseOS', 'centos-stream9'],
    ['AlmaLinux', '9', 'x86_64', 'BaseOS', 'almalinux9'],
    ['Rocky Linux', '9.4', 'x86_64', 'BaseOS', 'rocky9'],
    ['Oracle Linux', '9.0', 'x86_64', 'BaseOS', 'ol9.0'],
    ['openSUSE Leap', '15.6', 'x86_64', '', 'opensuse15.6'],
    ['openSUSE Tumbleweed', '20240512', 'x86_64', '', 'opensusetumbleweed'],
    ['SUSE Linux Enterprise Server', '15.6', 'x86_64', '', 'sle15sp6'],
    ['SUSE Linux Enterprise Server', '15.5', 'aarch64', '', 'sle15sp5'],
    ['Fedora', '42', 'aarch64', 'Server', 'fedora42'],
    ['CentOS Linux', '8', 'x86_64', 'BaseOS', 'centos8'],
    ['CentOS', '6.10', 'x86_64', '', 'centos6.10'],
    ['AlmaLinux', '8', 'aarch64', 'BaseOS', 'almalinux8'],
    ['AlmaLinux', '10', 'x86_64', 'BaseOS', 'almalinux10'],
    ['Rocky Linux', '8.9', 'x86_64', 'BaseOS', 'rocky8'],
    ['openSUSE Leap', '15.5', 'aarch64', '', 'opensuse15.5'],
  ])('of %s %s for %s (%s) is told as what it is', async (family, version, arch, variant, shortId) => {
    const info = readTreeInfo(treeInfo(family, version, arch, variant))
    expect(info && identifyTree(info, await osCatalogue())).toMatchObject({
      shortId,
      arch,
      kernel: 'images/pxeboot/vmlinuz',
      initrd: 'images/pxeboot/initrd.img',
    })
  })

  it('in the newer form alone is read too', () => {
    const text = '[release]\nname: Fedora\nversion: 42\n[tree]\narch: x86_64\n[images-x86_64]\nkernel: a/k\n'
    expect(readTreeInfo(text)).toEqual({
      family: 'Fedora',
      version: '42',
      arch: 'x86_64',
      variant: '',
      kernel: 'a/k',
    })
  })

  it('of a distribution the catalogue does not know is of none', async () => {
    const info = readTreeInfo(treeInfo('Nothing Linux', '1', 'x86_64'))
    expect(info && identifyTree(info, await osCatalogue())).toBeUndefined()
  })
})

describe('a treeinfo file that is none, or a hostile one', () => {
  it('tells nothing where family or version is missing', () => {
    expect(readTreeInfo('')).toBeUndefined()
    expect(readTreeInfo('<html><body>404</body></html>')).toBeUndefined()
    expect(readTreeInfo('[general]\nfamily = Fedora\n')).toBeUndefined()
    expect(readTreeInfo('\u0000\u0001[[[]\n==\n[general\n')).toBeUndefined()
  })

  it.each(['../../etc/shadow', '/etc/shadow', 'a/../../b', 'http://x/k', 'a b', '', '..'])(
    'gives no kernel that lies outside: "%s"',
    (path) => {
      const text = treeInfo('Fedora', '42', 'x86_64').replace('images/pxeboot/vmlinuz', path)
      expect(readTreeInfo(text)).not.toHaveProperty('kernel')
    },
  )

  it('may end anywhere, and is read as far as it goes', () => {
    const whole = treeInfo('Fedora', '42', 'x86_64', 'Server')
    for (let length = 0; length < whole.length; length += 1) {
      const info = readTreeInfo(whole.slice(0, length))
      if (info) expect(info.family).toBe('Fedora')
    }
    expect(readTreeInfo(whole.replace('[images-x86_64]', '[images-x86_64'))).not.toHaveProperty('kernel')
  })

  it('with lines of another system, a mark at its begin, comments and sections that come twice is read', () => {
    const text = treeInfo('Fedora', '42', 'x86_64').replaceAll('\n', '\r\n')
    const odd = `# of a mirror\r\n; and so on\r\n${text}[general]\r\nvariant = Server\r\n`
    expect(readTreeInfo(odd)).toMatchObject({ family: 'Fedora', variant: 'Server' })
    expect(readTreeInfo(`\uFEFF${text}`)).toMatchObject({ family: 'Fedora' })
  })

  it('of great length in its names, or with those of properties, is told as nothing known', async () => {
    const catalogue = await osCatalogue()
    for (const family of [
      'a'.repeat(200_000),
      '__proto__',
      'constructor',
      '(((((',
      '.*',
      'Fedora\u202E'.repeat(9),
    ]) {
      const info = readTreeInfo(treeInfo(family, '42', 'x86_64'))
      const started = performance.now()
      const found = info && identifyTree(info, catalogue)
      expect(performance.now() - started, family.slice(0, 20)).toBeLessThan(2000)
      if (!family.startsWith('Fedora')) expect(found, family.slice(0, 20)).toBeUndefined()
    }
  })

  it('is read no further than any real one is long, and its names are no properties of objects', () => {
    const long = `${'x = 1\n'.repeat(100_000)}[general]\nfamily = Fedora\nversion = 42\n`
    expect(readTreeInfo(long)).toBeUndefined()
    expect(readTreeInfo('[__proto__]\nfamily = a\nversion = 1\n')).toBeUndefined()
  })
})

describe('a tree without one', () => {
  it.each([
    ['http://ftp.example.org/debian/dists/bookworm/main/installer-amd64/', 'debian12', 'x86_64'],
    [
      'https://mirror.example/debian/dists/bullseye/main/installer-arm64/current/images',
      'debian11',
      'aarch64',
    ],
    ['http://archive.ubuntu.com/ubuntu/dists/focal-updates/main/installer-amd64/', 'ubuntu20.04', 'x86_64'],
    ['http://archive.ubuntu.com/ubuntu/dists/bionic/main/installer-i386', 'ubuntu18.04', 'i686'],
    ['http://deb.debian.org/debian/dists/bookworm/main/installer-arm64/', 'debian12', 'aarch64'],
    ['http://deb.debian.org/debian/dists/buster/main/installer-amd64', 'debian10', 'x86_64'],
  ])('at %s is told by its address', async (address, shortId, arch) => {
    expect(identifyTreeAddress(address, await osCatalogue())).toMatchObject({ shortId, arch })
  })

  it('at another address is of none', async () => {
    const catalogue = await osCatalogue()
    expect(
      identifyTreeAddress('http://example.org/dists/none/main/installer-amd64', catalogue),
    ).toBeUndefined()
    expect(identifyTreeAddress('http://example.org/', catalogue)).toBeUndefined()
  })
})
