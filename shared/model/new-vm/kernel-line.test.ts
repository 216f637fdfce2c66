import { describe, expect, it } from 'vitest'
import { answersUrl, kernelArgs, treeUrl, type DetectedTree, type TreeSource } from './install-tree'
import { kernelLineOf, wholeLine } from './kernel-line'

const fedora: DetectedTree = {
  label: 'Fedora 42',
  kernel: 'images/pxeboot/vmlinuz',
  installer: 'anaconda',
  urlArgument: 'inst.repo',
}
const source: TreeSource = {
  kind: 'tree',
  url: 'http://mirror.example/42/os',
  kernelArgs: '',
  isTextConsole: false,
}

const line = (more: Partial<TreeSource>, tree: Partial<DetectedTree> = {}, arch = 'x86_64'): string =>
  wholeLine(kernelLineOf({ ...source, ...more }, { ...fedora, ...tree }, arch))

describe("the line of an installer's kernel", () => {
  it('names the folder in the words of its system, and ends with what the user adds', () => {
    expect(line({ kernelArgs: ' ip=dhcp  nomodeset ' })).toBe(
      'inst.repo=http://mirror.example/42/os/ ip=dhcp  nomodeset',
    )
    expect(line({}, { urlArgument: 'install', installer: 'yast' })).toBe(
      'install=http://mirror.example/42/os/',
    )
  })

  it('says nothing that the user says', () => {
    expect(line({ kernelArgs: 'inst.repo=nfs:a:/b console=ttyS1', isTextConsole: true })).toBe(
      'inst.text inst.repo=nfs:a:/b console=ttyS1',
    )
  })

  it.each([
    ['anaconda', 'inst.repo', 'inst.ks=http://a/f'],
    ['anaconda', 'method', 'ks=http://a/f'],
    ['yast', 'install', 'autoyast=http://a/f'],
    ['debian', undefined, 'auto=true priority=critical url=http://a/f'],
    ['subiquity', undefined, 'autoinstall ds=nocloud-net;s=http://a/f/'],
    ['other', undefined, ''],
  ] as const)('names the file with answers as %s (%s) takes it: %s', (installer, urlArgument, words) => {
    const { urlArgument: _, ...plain } = fedora
    const tree = { ...plain, installer, ...(urlArgument === undefined ? {} : { urlArgument }) }
    expect(kernelLineOf({ ...source, answersUrl: 'http://a/f' }, tree, 'x86_64').rest).toBe(words)
  })

  it.each([
    ['yast', 'x86_64', 'console=ttyS0,115200 textmode=1'],
    ['anaconda', 'aarch64', 'console=ttyAMA0 inst.text'],
    ['debian', 'ppc64le', 'console=hvc0'],
    ['anaconda', 's390x', 'inst.text'],
  ] as const)('puts the text installer of %s on the serial line of %s', (installer, arch, words) => {
    expect(kernelLineOf({ ...source, isTextConsole: true }, { ...fedora, installer }, arch).rest).toBe(words)
  })
})

describe('what is typed', () => {
  it.each([
    'http://mirror.example/a/b',
    'https://10.0.0.1:8080/',
    'http://[fe80::1]:80/x',
    'https://a.example',
    'http://a/pub/15.6/repo/oss/%2b/',
  ])('%s is an address', (url) => expect(treeUrl.safeParse(url).success).toBe(true))

  it.each([
    '',
    'mirror.example/a',
    'ftp://a/b',
    'file:///etc/passwd',
    'http://user:secret@a/b',
    'http://a/b?token=1',
    'http://a/b#c',
    'http://a/b c',
    'http://a/b\nc',
    'http://a/"x"',
    `http://a/${'x'.repeat(1000)}`,
  ])('"%s" is no address of a folder', (url) => expect(treeUrl.safeParse(url).success).toBe(false))

  it('is one line, and an address one word', () => {
    expect(kernelArgs.safeParse('a=b c="d e"').success).toBe(true)
    expect(kernelArgs.safeParse('a\nb').success).toBe(false)
    expect(answersUrl.safeParse('nfs:server:/a.ks').success).toBe(true)
    expect(answersUrl.safeParse('http://a/f rootpw=x').success).toBe(false)
    expect(answersUrl.safeParse('http://a/"').success).toBe(false)
  })
})
