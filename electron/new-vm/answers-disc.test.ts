import { describe, expect, it } from 'vitest'
import type { Answers, AnswersForm } from '../../shared/model/new-vm/answers/answers'
import type { NewVmInput } from '../../shared/model/new-vm/new-vm'
import { osCatalogue } from '../os-catalogue/catalogue'
import { createVm } from './create'
import { workOutNewVm } from './plan'
import { planSeries } from './series'
import { demo, type Demo } from './testing/demo'
import { disk, existing, wanted } from './testing/inputs'
import { standIn } from './testing/stand-in-writer'
import { definitionWriter } from './writer'

const writer = definitionWriter(async (id) => (await osCatalogue()).get(id), standIn.tree)
const folder = '/var/lib/libvirt/images'
const password = 'correct horse battery'
const form: AnswersForm = {
  user: { name: 'ann', fullName: 'Ann', password, sshKeys: [] },
  language: 'en_US',
  keyboard: 'us',
  timeZone: 'Europe/Berlin',
  packages: [],
  atEnd: 'reboot',
  erasesDisk: true,
}
const fedora = 'http://fedoraproject.org/fedora/40'
const windows = 'http://microsoft.com/win/11'

function input(
  more: Partial<NewVmInput> = {},
  answers: Answers = { kind: 'form', pool: 'default', form },
): NewVmInput {
  return wanted({
    osId: fedora,
    source: {
      kind: 'iso',
      disc: { kind: 'volume', pool: 'default', volume: 'fedora-40-server.iso' },
      second: [],
      answers,
    },
    ...more,
  })
}

async function made(one: Demo, chosen: NewVmInput): Promise<string> {
  const worked = await workOutNewVm(one.session, chosen, writer)
  await createVm(one.session, chosen, worked, {
    signal: new AbortController().signal,
    onProgress: () => undefined,
  })
  const file = one.host.files.get(`${folder}/new-01-answers.iso`)
  const read = file?.content?.read(0, file.sizeBytes)
  return Buffer.from(read?.bytes ?? []).toString('latin1')
}

const told = async (chosen: NewVmInput): Promise<string[]> =>
  (await planSeries((await demo()).session, chosen, writer)).problems.flatMap(({ level, field }) =>
    field?.startsWith('source') === true || field === 'disks' || field === 'disks.0'
      ? [`${level} ${field}`]
      : [],
  )

describe('a disc with answers for the installer', () => {
  it('is made where the installer looks, is a drive of the VM, and has the password as a hash', async () => {
    const one = await demo()
    const text = await made(one, input())
    expect(text.slice(16 * 2048 + 40, 16 * 2048 + 46)).toBe('OEMDRV')
    expect(text).toContain('ignoredisk --only-use=vda')
    expect(text).toContain('--hostname=new-01')
    expect(text).toMatch(/--iscrypted --password=\$6\$[./0-9A-Za-z]{16}\$[./0-9A-Za-z]{86}/)
    expect(text).not.toContain(password)
    expect(one.host.byName('new-01')?.definition.disks.map(({ source }) => source)).toEqual([
      `${folder}/new-01.qcow2`,
      `${folder}/fedora-40-server.iso`,
      `${folder}/new-01-answers.iso`,
    ])
  })

  it('is told before, with its file and the equal command, which never have the password', async () => {
    const plan = await planSeries((await demo()).session, input(), writer)
    expect(plan.problems.filter(({ level }) => level === 'error')).toEqual([])
    expect(plan.files.map(({ action, what, name }) => [action, what, name])).toContainEqual([
      'create',
      'answers',
      'default/new-01-answers.iso',
    ])
    expect(plan.answers?.map(({ name }) => name)).toEqual(['ks.cfg'])
    expect(plan.answers?.[0]?.text).toContain('--password=(a hash of the password)')
    expect(plan.command).toContain(`path=${folder}/new-01-answers.iso,device=cdrom`)
    expect(plan.commandNotes.join(' ')).toContain('label "OEMDRV", as ks.cfg')
    expect(JSON.stringify(plan)).not.toContain(password)
  })

  it('has a file of the user byte for byte', async () => {
    const own = 'text\n# mine\n%packages\n%end\n'
    const text = await made(await demo(), input({}, { kind: 'own', pool: 'default', text: own }))
    expect(text).toContain(own)
    expect(text).not.toContain('autopart')
  })

  it('encodes the password for Windows, and partitions by the firmware the VM really has', async () => {
    const chosen = (firmware: NonNullable<NewVmInput['firmware']>) => input({ osId: windows, firmware })
    const one = await demo()
    const efi = await made(one, chosen('efi'))
    expect(efi).toContain(Buffer.from(`${password}Password`, 'utf16le').toString('base64'))
    expect(efi).toContain('<Type>EFI</Type>')
    expect(await made(await demo(), chosen('bios'))).not.toContain('<Type>EFI</Type>')
    const plan = await planSeries((await demo()).session, chosen('efi'), writer)
    expect(plan.answers?.[0]?.text).toContain('(the password, encoded)')
  })

  it('goes again when the VM cannot be made', async () => {
    const one = await demo()
    await made(one, input())
    const again = input()
    const worked = await workOutNewVm(one.session, { ...again, name: 'new-02' }, writer)
    const full = { ...worked, definitionWith: () => '<domain/>' }
    await expect(
      createVm(one.session, again, full, {
        signal: new AbortController().signal,
        onProgress: () => undefined,
      }),
    ).rejects.toThrow()
    expect([...one.host.files.keys()].filter((path) => path.includes('new-02'))).toEqual([])
  })
})

describe('what stands against answers', () => {
  it('is a system nobody knows answers for, or whose installer looks for no disc', async () => {
    expect(await told(input())).toEqual([])
    const { osId: _, ...unknown } = input()
    expect(await told(unknown)).toContain('error source.answers')
    expect(await told(input({ osId: 'http://freebsd.org/freebsd/14.0' }))).toContain('error source.answers')
    expect(await told(input({ osId: 'http://debian.org/debian/12' }))).toContain('error source.answers')
    expect(await told(input({ osId: 'http://ubuntu.com/ubuntu/24.04' }))).toContain('warning source.answers')
  })

  it('is a pool that is not there', async () => {
    expect(await told(input({}, { kind: 'form', pool: 'nowhere', form }))).toContain(
      'error source.answers.pool',
    )
  })

  it('is a disk that could be another, one that has something on it, or none at all', async () => {
    expect(await told(input({ disks: [] }))).toContain('error disks')
    expect(await told(input({ disks: [disk({ bus: 'sata' }), disk({ bus: 'scsi' })] }))).toContain(
      'error disks',
    )
    expect(await told(input({ disks: [existing('default/web-01.qcow2')] }))).toContain('warning disks.0')
  })

  it('is one name for several computers', async () => {
    const named: Answers = { kind: 'form', pool: 'default', form: { ...form, hostname: 'web' } }
    expect(await told(input({ count: 2 }, named))).toContain('error source.answers.form.hostname')
    expect(await told(input({ count: 2 }))).toEqual([])
  })
})
