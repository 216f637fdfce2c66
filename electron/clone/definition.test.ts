import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { EditDocument } from '../domain-xml/edit/tree'
import { clonedDefinition, type CloneFacts } from './definition'

const facts: CloneFacts = {
  name: 'web-2',
  uuid: '11111111-2222-4333-8444-555555555555',
  disks: new Map(),
}

const domain = (devices: string, head = ''): string => `<domain type='kvm'>
  <name>web</name>
  <uuid>99999999-2222-4333-8444-555555555555</uuid>${head}
  <devices>${devices}
  </devices>
</domain>
`
const cloned = (xml: string, more: Partial<CloneFacts> = {}) =>
  clonedDefinition(EditDocument.parse(xml), { ...facts, ...more })
const text = (xml: string, more: Partial<CloneFacts> = {}): string => cloned(xml, more).document.toString()

describe('the definition of a clone', () => {
  it('has its own name and UUID, and every other byte of the original', () => {
    const xml = domain(
      `\n    <!-- mine -->\n    <emulator  >/q</emulator>`,
      `\n  <x:own xmlns:x="urn:x" a="&lt;"/>`,
    )
    expect(text(xml)).toBe(xml.replace('>web<', '>web-2<').replace('99999999', '11111111'))
  })

  it('keeps all of a hundred definitions but what is the VM’s own, and has none of that', () => {
    const folder = join(__dirname, '../domain-xml/fixtures/dumped')
    const files = readdirSync(folder).filter((file) => file.endsWith('.xml'))
    expect(files.length).toBeGreaterThan(50)
    for (const file of files) {
      const xml = readFileSync(join(folder, file), 'utf8')
      const before = EditDocument.parse(xml)
      const { document, cards } = clonedDefinition(before, facts)
      expect(document.root.find('name')?.text(), file).toBe('web-2')
      expect(document.root.find('uuid')?.text(), file).toBe(facts.uuid)
      expect(before.toString(), file).toBe(xml)
      for (const { from, to } of cards) {
        expect(to, file).not.toBe(from)
        expect(document.toString(), file).not.toContain(from)
      }
      const kinds = (root: EditDocument) =>
        root.root
          .find('devices')
          ?.children()
          .map(({ name }) => name)
      expect(kinds(document), file).toEqual(kinds(before))
    }
  })

  it('has neither the title of the original nor its mark of a template', () => {
    const xml = domain(
      '',
      `<title>Our web server</title><metadata><x:own xmlns:x='urn:x'/><t:template xmlns:t='urn:innkeeper:template:1'/></metadata>`,
    )
    const made = text(xml)
    expect(made).not.toMatch(/title|innkeeper/)
    expect(made).toContain(`<metadata><x:own xmlns:x='urn:x'/></metadata>`)
  })

  it('gives each card an address of the same maker that no other card of it has', () => {
    const card = (mac: string): string => `<interface type='network'><mac address='${mac}'/></interface>`
    const { cards } = cloned(domain(card('00:16:3e:00:00:01') + card('52:54:00:aa:bb:cc')))
    expect(cards.map(({ to }) => to.slice(0, 8))).toEqual(['00:16:3e', '52:54:00'])
    expect(new Set(cards.flatMap(({ from, to }) => [from, to])).size).toBe(4)
    expect(cards).toEqual(cloned(domain(card('00:16:3e:00:00:01') + card('52:54:00:aa:bb:cc'))).cards)
  })

  it('never gives a card the address of another VM', () => {
    const original = domain(`<interface type='network'><mac address='52:54:00:aa:bb:cc'/></interface>`)
    const to = (usedMacs: ReadonlySet<string>): string => cloned(original, { usedMacs }).cards[0]?.to ?? ''
    const first = to(new Set())
    expect(to(new Set([first]))).not.toBe(first)
    expect(to(new Set([first]))).toMatch(/^52:54:00(:[0-9a-f]{2}){3}$/)
  })

  it('tells the guest that it was cloned, and has the same UUID in its SMBIOS', () => {
    const genid = '0a0a0a0a-2222-4333-8444-555555555555'
    const made = text(
      domain(
        '',
        `<genid>${genid}</genid><sysinfo type='smbios'><system><entry name='uuid'>99999999-2222-4333-8444-555555555555</entry><entry name='serial'>s</entry></system></sysinfo>`,
      ),
    )
    expect(made).not.toContain(genid)
    expect(made).not.toContain('99999999')
    expect(made).toContain(`<entry name='uuid'>${facts.uuid}</entry><entry name='serial'>s</entry>`)
  })

  it('writes its lines, logs and sockets to files of its own', () => {
    const made = text(
      domain(`<serial type='file'><source path='/log/web.log'/><log file='/log/all.log'/></serial>
        <channel type='unix'><source mode='bind' path='/run/web.agent'/></channel>
        <channel type='unix'><source mode='connect' path='/run/web.server'/></channel>
        <graphics type='vnc' socket='/run/website.vnc'/>`),
    )
    expect([...made.matchAll(/(?:path|file|socket)='([^']*)'/g)].map(([, path]) => path)).toEqual([
      '/log/web-2.log',
      '/log/web-2-all.log',
      '/run/web-2.agent',
      '/run/web.server',
      '/run/web-2-website.vnc',
    ])
  })

  it('says which ports and devices both have, as it cannot make up others', () => {
    const { notes, document } = cloned(
      domain(`<serial type='tcp'><source mode='bind' host='::' service='4555'/></serial>
        <graphics type='vnc' port='5901' autoport='no'/><graphics type='spice' autoport='yes'/>
        <vsock><cid auto='no' address='7'/></vsock><hostdev mode='subsystem' type='pci'/>`),
    )
    expect(notes).toEqual([
      'Both listen on port 4555 for their serial line',
      'Both show their display on the fixed port 5901',
      'Both use the same hardware of the host',
    ])
    expect(document.toString()).toContain(`<cid auto='yes'/>`)
  })

  it('has variables of its own, or none so that the host makes them', () => {
    const head = `<os firmware='efi'><nvram template='/t.fd'>/n/web_VARS.fd</nvram></os>`
    expect(text(domain('', head), { nvram: '/n/web-2_VARS.fd' })).toContain(
      `<nvram template='/t.fd'>/n/web-2_VARS.fd</nvram>`,
    )
    expect(text(domain('', head))).toContain(`<nvram template='/t.fd'/>`)
    expect(text(domain('', `<os><nvram>/n/web_VARS.fd</nvram></os>`))).not.toContain('nvram')
    expect(
      text(domain('', `<os><nvram type='file'><source file='/n/web.fd'/></nvram></os>`), {
        nvram: '/n/x.fd',
      }),
    ).toContain(`<source file='/n/x.fd'/>`)
  })

  it('has disks in other places with all that was said about them, and leaves others out', () => {
    const disk = (target: string, source: string): string =>
      `<disk type='file' device='disk'><driver name='qemu' type='raw' cache='none'/>${source}<target dev='${target}'/><serial>s</serial></disk>`
    const xml = domain(
      disk(
        'vda',
        `<source file='/a.img' index='1'><seclabel model='dac' relabel='no'/></source><backingStore/>`,
      ) + disk('vdb', `<source file='/b.img'/>`),
    )
    const made = text(xml, {
      disks: new Map([
        ['vda', { kind: 'put', place: { kind: 'block', path: '/dev/vg/new' }, format: 'raw' }],
        ['vdb', { kind: 'drop' }],
      ]),
    })
    expect(made).toContain(
      `<disk type='block' device='disk'><driver name='qemu' type='raw' cache='none'/><source dev='/dev/vg/new'><seclabel model='dac' relabel='no'/></source><target dev='vda'/><serial>s</serial></disk>`,
    )
    expect(made).not.toContain('vdb')
  })

  it('stays a definition whatever a path or description is made of', () => {
    const path = `/x/'"<&>\u00e4 ]]>.img`
    const made = EditDocument.parse(
      text(domain(`<disk type='file'><source file='/a'/><target dev='vda'/></disk>`), {
        description: '<b>&\n]]>',
        disks: new Map([['vda', { kind: 'put', place: { kind: 'file', path }, format: undefined }]]),
      }),
    )
    expect(made.root.find('devices', 'disk', 'source')?.attribute('file')).toBe(path)
    expect(made.root.find('description')?.text()).toBe('<b>&\n]]>')
  })
})
