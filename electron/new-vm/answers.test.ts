import { describe, expect, it } from 'vitest'
import { answersForm, type AnswersFacts, type AnswersForm } from '../../shared/model/new-vm/answers/answers'
import { answersFiles, answersText } from '../../shared/model/new-vm/answers/files'
import { answersFormatOf } from '../../shared/model/new-vm/answers/format'
import { osCatalogue } from '../os-catalogue/catalogue'
import { EditDocument } from '../domain-xml/edit/tree'

const key =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl ann\'s "$(laptop)"; rm'

const form: AnswersForm = {
  user: { name: 'ann', fullName: "Ann O'Neil <a&b> $HOME", password: 'secret word', sshKeys: [key] },
  language: 'de_DE',
  keyboard: 'de',
  timeZone: 'Europe/Berlin',
  packages: ['vim', 'nginx'],
  atEnd: 'reboot',
  erasesDisk: true,
}
const facts: AnswersFacts = {
  hostname: 'web-01.example.org',
  passwordHash: '$6$salt$hash',
  windowsPassword: 'hidden=',
  disk: 'vdb',
  isEfi: true,
  architecture: 'x86_64',
  distro: undefined,
  version: undefined,
}

/** As shlex, which pykickstart uses: quotes keep blanks together, a backslash keeps a sign as it is. */
function words(line: string): string[] {
  return [...line.matchAll(/(?:"(?:\\.|[^"\\])*"|'[^']*'|[^\s"'])+/g)].map(([word]) =>
    word.replaceAll(/"((?:\\.|[^"\\])*)"|'([^']*)'/g, (_, double?: string, single?: string) =>
      double === undefined ? (single ?? '') : double.replaceAll(/\\(.)/g, '$1'),
    ),
  )
}

describe('a file of answers made of the form', () => {
  it('is a Kickstart file whose lines come apart as they were meant', () => {
    const lines = answersText('kickstart', form, facts).split('\n').map(words)
    const of = (command: string) => lines.filter(([first]) => first === command).map((line) => line.slice(1))
    expect(of('user')).toEqual([
      [
        '--name=ann',
        '--groups=wheel',
        '--iscrypted',
        '--password=$6$salt$hash',
        `--gecos=${form.user.fullName}`,
      ],
    ])
    expect(of('sshkey')).toEqual([['--username=ann', key.split(' ').slice(0, 2).join(' ')]])
    expect(of('ignoredisk')).toEqual([['--only-use=vdb']])
    expect(of('clearpart')).toEqual([['--all', '--initlabel', '--drives=vdb']])
    expect(of('lang')).toEqual([['de_DE.UTF-8']])
    expect(of('timezone')).toEqual([['Europe/Berlin', '--utc']])
    expect(of('reboot')).toHaveLength(1)
    const sections = lines.map(([first]) => first)
    expect(sections.slice(sections.indexOf('%packages'), sections.indexOf('%end'))).toEqual([
      '%packages',
      '@core',
      'vim',
      'nginx',
    ])
  })

  it('is a preseed file of one answer a line, and keys that no shell takes for something else', () => {
    const lines = answersText('preseed', form, facts).trimEnd().split('\n')
    const types = ['string', 'select', 'multiselect', 'boolean', 'password', 'note']
    for (const line of lines) {
      const [owner, question, type] = line.split(' ')
      expect(owner).toMatch(/^[a-z-]+$/)
      expect(question).toMatch(/^[a-z-]+(\/[a-z_-]+)+$/)
      expect(types).toContain(type)
    }
    expect(new Set(lines.map((line) => line.split(' ')[1])).size).toBe(lines.length)
    expect(lines).toContain('d-i netcfg/get_hostname string web-01')
    expect(lines).toContain('d-i netcfg/get_domain string example.org')
    expect(lines).toContain('d-i passwd/user-password-crypted password $6$salt$hash')
    expect(lines).toContain(`d-i passwd/user-fullname string ${form.user.fullName}`)
    expect(lines).toContain('d-i partman-auto/disk string /dev/vdb')
    const late = lines.find((line) => line.startsWith('d-i preseed/late_command')) ?? ''
    expect(late).toContain(`echo "${key.split(' ').slice(0, 2).join(' ')}" >>`)
    expect(late).not.toContain('laptop')
  })

  it('is user-data for autoinstall, in which what was typed stands in quotes', () => {
    expect(answersText('autoinstall', form, facts)).toBe(`#cloud-config
autoinstall:
  version: 1
  locale: "de_DE.UTF-8"
  keyboard:
    layout: "de"
  timezone: "Europe/Berlin"
  identity:
    hostname: "web-01.example.org"
    realname: "Ann O'Neil <a&b> $HOME"
    username: "ann"
    password: "$6$salt$hash"
  ssh:
    install-server: true
    allow-pw: true
    authorized-keys:
      - ${JSON.stringify(key)}
  storage:
    layout:
      name: "direct"
      match:
        path: "/dev/vdb"
  packages:
    - "vim"
    - "nginx"
  shutdown: "reboot"
`)
  })

  it('is a profile for AutoYaST that says of each value what it is', () => {
    const text = answersText('autoyast', { ...form, atEnd: 'power-off' }, { ...facts, distro: 'sle' })
    const { root } = EditDocument.parse(text.replace('<!DOCTYPE profile>\n', ''))
    const at = (...path: string[]): string | undefined => root.find(...path)?.text()
    expect(at('general', 'mode', 'confirm')).toBe('false')
    expect(at('general', 'mode', 'final_halt')).toBe('true')
    expect(at('partitioning', 'drive', 'device')).toBe('/dev/vdb')
    expect(at('software', 'products', 'product')).toBe('SLES')
    expect(at('users', 'user', 'fullname')).toBe(form.user.fullName)
    expect(at('users', 'user', 'authorized_keys', 'listentry')).toBe(key)
    expect(at('keyboard', 'keymap')).toBe('german')
  })

  it('is an answer file for Windows that wipes one disk and makes the partitions its firmware needs', () => {
    const windows = { edition: 'Windows 11 Pro', productKey: 'AAAAA-BBBBB-CCCCC-DDDDD-EEEEE' }
    const efi = answersText('windows', { ...form, windows }, { ...facts, version: '11.0' })
    const bios = answersText('windows', form, { ...facts, isEfi: false, version: '6.1' })
    for (const text of [efi, bios]) {
      EditDocument.parse(text)
      expect(text.match(/<DiskID>0/g)).toHaveLength(2)
      expect(text).toContain('<ComputerName>web-01</ComputerName>')
      expect(text).toContain('<TimeZone>W. Europe Standard Time</TimeZone>')
      expect(text).toContain('<UILanguage>de-DE</UILanguage>')
      expect(text).toContain('<Value>hidden=</Value>')
    }
    expect([...efi.matchAll(/<Type>(\w+)/g)].map(([, type]) => type)).toEqual(['EFI', 'MSR', 'Primary'])
    expect([...bios.matchAll(/<Type>(\w+)/g)].map(([, type]) => type)).toEqual(['Primary', 'Primary'])
    expect(efi).toMatch(/<InstallTo>\s*<DiskID>0<\/DiskID>\s*<PartitionID>3</)
    expect(bios).toMatch(/<InstallTo>\s*<DiskID>0<\/DiskID>\s*<PartitionID>2</)
    expect(efi).toContain('<Value>Windows 11 Pro</Value>')
    expect(efi).toContain('E:\\viostor\\w11\\amd64')
    expect(bios).toContain('E:\\viostor\\w7\\amd64')
    expect(bios).not.toContain('<MetaData')
    const keys = [...efi.matchAll(/wcm:keyValue="(\d+)"/g)].map(([, number]) => number)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('never has the password as it was typed', () => {
    for (const format of ['kickstart', 'preseed', 'autoinstall', 'autoyast', 'windows'] as const)
      expect(answersText(format, form, facts)).not.toContain('secret word')
  })
})

describe('the form', () => {
  it('takes no sign that would part a line, a section or a key of the file', () => {
    const errors = (more: object): number =>
      answersForm.safeParse({ ...form, ...more }).error?.issues.length ?? 0
    expect(errors({})).toBe(0)
    for (const fullName of ['a\n%post', 'a:0', 'a"b', 'a\\'])
      expect(errors({ user: { ...form.user, fullName } })).toBe(1)
    expect(errors({ language: 'de_DE.UTF-8\nrootpw x' })).toBe(1)
    expect(errors({ timeZone: '../etc' })).toBe(1)
    expect(errors({ keyboard: 'us --x' })).toBe(1)
    expect(errors({ packages: ['vim\n%post'] })).toBe(1)
    expect(errors({ erasesDisk: false })).toBe(1)
    expect(errors({ windows: { productKey: 'short' } })).toBe(1)
  })
})

describe('the disc of answers', () => {
  it('has what each installer looks for', () => {
    const names = (format: Parameters<typeof answersFiles>[0]) =>
      answersFiles(format, { kind: 'own', pool: 'default', text: 'mine' }, facts).map(({ name, text }) => [
        name,
        text,
      ])
    expect(names('kickstart')).toEqual([['ks.cfg', 'mine']])
    expect(names('autoyast')).toEqual([['autoinst.xml', 'mine']])
    expect(names('windows')).toEqual([['autounattend.xml', 'mine']])
    expect(names('autoinstall')).toEqual([
      ['user-data', 'mine'],
      ['meta-data', ''],
    ])
    expect(names('preseed')).toEqual([['preseed.cfg', 'mine']])
  })
})

describe('the format of a system', () => {
  it.each([
    ['fedora42', 'kickstart'],
    ['fedora12', undefined],
    ['rhel9.4', 'kickstart'],
    ['centos6.10', undefined],
    ['almalinux10', 'kickstart'],
    ['debian12', 'preseed'],
    ['debiantesting', 'preseed'],
    ['ubuntu18.04', 'preseed'],
    ['ubuntu20.04', 'autoinstall'],
    ['ubuntu24.04', 'autoinstall'],
    ['opensuse15.6', 'autoyast'],
    ['opensusetumbleweed', 'autoyast'],
    ['opensuse13.2', undefined],
    ['sle15sp6', 'autoyast'],
    ['win11', 'windows'],
    ['win2k22', 'windows'],
    ['winxp', undefined],
    ['freebsd14.0', undefined],
    ['alpinelinux3.20', undefined],
  ] as const)('of %s is %s', async (shortId, format) => {
    const os = (await osCatalogue()).get(shortId)
    expect(os?.shortId).toBe(shortId)
    expect(os && answersFormatOf(os)).toBe(format)
  })
})
