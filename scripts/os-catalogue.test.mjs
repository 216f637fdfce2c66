// @ts-check
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { catalogueOf, catalogueText } from './os-catalogue.mjs'

const linux = (/** @type {string} */ content) => `<?xml version="1.0"?>
<libosinfo version="0.0.1">${content}</libosinfo>`

/** @type {Record<string, string>} */
const files = {
  VERSION: '20300101\n',
  'os/example.org/one-1.xml': linux(`
    <os id="http://example.org/one/1">
      <short-id>one1</short-id>
      <name>One 1</name>
      <name xml:lang="de">Eins 1</name>
      <vendor xml:lang="de">Beispiel</vendor>
      <vendor>Example</vendor>
      <version>1</version>
      <family>linux</family>
      <firmware arch="x86_64" type="bios"/>
      <devices>
        <device id="http://pcisig.com/pci/1af4/1001"/>
        <device id="http://pcisig.com/pci/1af4/1050"/>
        <device id="http://pcisig.com/pci/ffff/ffff"/>
      </devices>
      <resources arch="x86_64">
        <minimum><n-cpus>1</n-cpus><ram>1024</ram><storage>2048</storage></minimum>
      </resources>
      <kernel-url-argument>inst.repo</kernel-url-argument>
    </os>`),
  'os/example.org/one-2.xml': linux(`
    <os id="http://example.org/one/2">
      <short-id>one2</short-id>
      <short-id>onetwo</short-id>
      <name>One 2</name>
      <version>2</version>
      <derives-from id="http://example.org/one/1"/>
      <firmware arch="x86_64" type="bios" supported="false"/>
      <variant id="server"><name>One Server 2</name></variant>
      <variant id="plain"><name>One 2</name></variant>
      <devices><device id="http://pcisig.com/pci/1af4/1050" supported="false"/></devices>
      <resources arch="x86_64" inherit="true"/>
      <media arch="x86_64" live="true" installer="false">
        <variant id="server"/>
        <iso><volume-id>ONE \\d &amp; more</volume-id><system-id>LINUX</system-id></iso>
        <kernel>boot/vmlinuz</kernel>
        <initrd>boot/initrd</initrd>
      </media>
      <media arch="x86_64"><kernel>no/iso</kernel></media>
      <image arch="x86_64" format="qcow2" cloud-init="true"><url>https://example.org/2.qcow2</url></image>
      <image arch="x86_64" format="containerdisk"><url>docker://example.org/2</url></image>
      <installer><script id="http://example.org/kickstart"/></installer>
    </os>`),
  'os/example.org/one-2.d/more.xml': linux(`
    <os id="http://example.org/one/2">
      <short-id>one2</short-id>
      <devices><device id="http://qemu.org/chipset/x86/q35"/></devices>
    </os>`),
  'install-script/example.org/kickstart.xml': linux(`
    <install-script id="http://example.org/kickstart">
      <profile>server</profile>
      <expected-filename>one.ks</expected-filename>
      <injection-method>disk</injection-method>
      <injection-method>initrd</injection-method>
      <template>words that are nobody's facts</template>
    </install-script>`),
}

/** @type {string} */
let folder
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'osinfo-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('the catalogue made of an osinfo-db', () => {
  it('has what an entry takes from those it derives from, and what several files tell of it', () => {
    const { systems, deviceSets, resourceSets, from } = catalogueOf(folder)
    expect(from).toBe('osinfo-db 20300101')
    const [one, two] = /** @type {any[]} */ (systems)
    expect([one.name, one.short, two.short]).toEqual(['One 1', ['one1'], ['one2', 'onetwo']])
    expect(deviceSets[one.devices]).toEqual(['virtio-block', 'virtio1-gpu'])
    expect(deviceSets[two.devices]).toEqual(['q35', 'virtio-block'])
    expect(resourceSets[two.resources.x86_64]).toEqual({ min: { c: 1, m: 1024, s: 2048 } })
    expect([one.firmware, two.firmware]).toEqual([['x86_64 bios'], ['!x86_64 bios']])
    expect([two.from, two.urlArgument]).toEqual([[0], 'inst.repo'])
    expect(two.variants).toEqual({ server: 'One Server 2', plain: '' })
  })

  it('has the patterns of discs as they are, and only images that are files', () => {
    const { systems, mediaKinds, files: startFiles, scripts, vendors } = catalogueOf(folder)
    const [one, two] = /** @type {any[]} */ (systems)
    expect(two.media).toEqual([{ k: 0, vol: String.raw`ONE \d & more` }])
    expect(mediaKinds[0]).toEqual({
      a: 'x86_64',
      v: ['server'],
      live: true,
      noInstaller: true,
      files: 0,
      sys: 'LINUX',
    })
    expect(startFiles).toEqual([['boot/vmlinuz', 'boot/initrd']])
    expect(two.images).toEqual([{ a: 'x86_64', u: 'https://example.org/2.qcow2', f: 'qcow2', cloud: true }])
    expect(vendors[one.vendor]).toBe('Example')
    expect(two.scripts).toEqual([0])
    expect(scripts[0]).toEqual({
      id: 'http://example.org/kickstart',
      profile: 'server',
      file: 'one.ks',
      methods: ['disk', 'initrd'],
    })
  })

  it('has no texts beside names, and a line for each entry', () => {
    const text = catalogueText(catalogueOf(folder))
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(catalogueOf(folder))))
    expect(text).not.toContain('facts')
    expect(text.split('\n').filter((line) => line.startsWith('{"id":"http://example.org/one'))).toHaveLength(
      2,
    )
  })
})
