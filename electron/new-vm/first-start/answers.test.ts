import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Answers, AnswersForm } from '../../../shared/model/new-vm/answers/answers'
import type { NewVmInput } from '../../../shared/model/new-vm/new-vm'
import { OperatingSystems } from '../../os-catalogue/operating-systems'
import { testServer, type TestServer } from '../../web/testing/test-server'
import { createVm } from '../create'
import { workOutNewVm } from '../plan'
import { planSeries } from '../series'
import { demo, failing, type Demo } from '../testing/demo'
import { disk, gib, wanted } from '../testing/inputs'
import { definitionWriter } from '../writer'

const initrd = Buffer.alloc(700_001, 'initrd')
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
const ofForm: Answers = { kind: 'form', pool: 'default', form }
const fedora = 'http://fedoraproject.org/fedora/40'
const debian = 'http://debian.org/debian/12'
const ubuntu = 'http://ubuntu.com/ubuntu/24.04'
const debianFolder = '/debian/dists/bookworm/main/installer-amd64'

let one: Demo
let server: TestServer
let systems: OperatingSystems

beforeEach(async () => {
  server = await testServer({
    '/os/images/pxeboot/vmlinuz': 'kernel',
    '/os/images/pxeboot/initrd.img': initrd,
    '/suse/boot/x86_64/loader/linux': 'kernel',
    '/suse/boot/x86_64/loader/initrd': initrd,
    '/ubuntu/casper/vmlinuz': 'kernel',
    '/ubuntu/casper/initrd': initrd,
    [`${debianFolder}/current/images/netboot/debian-installer/amd64/linux`]: 'kernel',
    [`${debianFolder}/current/images/netboot/debian-installer/amd64/initrd.gz`]: initrd,
  })
  one = await demo()
  systems = new OperatingSystems({ hosts: { get: () => one.session } })
})
afterEach(() => server.close())

const writer = definitionWriter(
  (id) => systems.get(id),
  (url) => systems.detectTree(url),
)

function input(osId: string, folder: string, answers: Answers = ofForm): NewVmInput {
  return wanted({
    osId,
    source: { kind: 'tree', url: server.url + folder, kernelArgs: '', isTextConsole: false, answers },
  })
}

/** The initrd that the host got. */
async function made(chosen: NewVmInput): Promise<Buffer> {
  const parts: Buffer[] = []
  const session = failing(one.session, {
    storage: failing(one.session.storage, {
      openUpload: async (volume, range, signal) => {
        const sink = await one.session.storage.openUpload(volume, range, signal)
        return failing(sink, {
          write: async (bytes) => {
            if (volume.volume.endsWith('-initrd')) parts.push(Buffer.from(bytes))
            await sink.write(bytes)
          },
        })
      },
    }),
  })
  const worked = await workOutNewVm(session, chosen, writer)
  await createVm(session, chosen, worked, {
    signal: new AbortController().signal,
    onProgress: () => undefined,
  })
  return Buffer.concat(parts)
}

const added = (whole: Buffer): string => gunzipSync(whole.subarray(initrd.length)).toString()

describe('answers for an installer from the web', () => {
  it('go behind the fetched initrd, with the password as a hash', async () => {
    const whole = await made(input(fedora, '/os'))
    expect(whole.subarray(0, initrd.length).equals(initrd)).toBe(true)
    const text = added(whole)
    expect(text).toContain('ks.cfg\0')
    expect(text).toMatch(/--iscrypted --password=\$6\$[./0-9A-Za-z]{16}\$[./0-9A-Za-z]{86}/)
    expect(text).not.toContain(password)
  })

  it('are shown before, with the words for the kernel and the equal command, without the password', async () => {
    const plan = await planSeries(one.session, input(fedora, '/os'), writer)
    expect(plan.problems.filter(({ level }) => level === 'error')).toEqual([])
    expect(plan.kernelLine).toContain('inst.ks=file:/ks.cfg')
    expect(plan.answers?.map(({ name }) => name)).toEqual(['ks.cfg'])
    expect(plan.command).toMatch(/--initrd-inject ks\.cfg --extra-args .*inst\.ks=file:\/ks\.cfg/)
    expect(plan.commandNotes.join(' ')).toContain('into a file called ks.cfg')
    expect(JSON.stringify(plan)).not.toContain(password)
  })

  it('are a preseed file for Debian, which is told the archive it comes from', async () => {
    const plan = await planSeries(one.session, input(debian, debianFolder), writer)
    expect(plan.problems.filter(({ level }) => level === 'error')).toEqual([])
    expect(plan.kernelLine).toBe('auto=true priority=critical')
    const text = added(await made(input(debian, debianFolder)))
    expect(text).toContain('preseed.cfg\0')
    expect(text).toContain(`d-i mirror/http/hostname string ${new URL(server.url).host}\n`)
    expect(text).toContain('d-i mirror/http/directory string /debian\n')
  })

  it('are a file of the user byte for byte, also for a system without a form', async () => {
    const own: Answers = { kind: 'own', pool: 'default', text: '<profile/>\n# mine\n' }
    const chosen = input('http://opensuse.org/opensuse/15.6', '/suse', own)
    expect((await planSeries(one.session, chosen, writer)).kernelLine).toContain(
      'autoyast=file:///autoinst.xml',
    )
    expect(added(await made(chosen))).toContain(own.text)
  })
})

describe('answers for Ubuntu’s servers, whose installer leaves its initrd behind', () => {
  const chosen = (): NewVmInput => {
    const usual = input(ubuntu, '/ubuntu')
    const kernelArgs = 'ip=dhcp url=http://192.0.2.1/ubuntu.iso'
    return { ...usual, memoryBytes: 4 * gib, source: { ...usual.source, kernelArgs } as NewVmInput['source'] }
  }

  it('are on a disc of the VM, and the kernel is told that nothing has to be asked', async () => {
    const plan = await planSeries(one.session, chosen(), writer)
    expect(plan.problems).toEqual([])
    expect(plan.kernelLine).toBe('autoinstall ip=dhcp url=http://192.0.2.1/ubuntu.iso')
    expect(plan.answers?.map(({ name }) => name).toSorted()).toEqual(['meta-data', 'user-data'])
    expect(plan.files).toContainEqual(
      expect.objectContaining({ action: 'create', what: 'answers', name: 'default/new-01-answers.iso' }),
    )
    expect(plan.command).not.toContain('--initrd-inject')
    expect(plan.command).toContain('new-01-answers.iso')
    expect(plan.commandNotes.join(' ')).toContain('a disc with the label "CIDATA", as user-data')
    expect(JSON.stringify(plan)).not.toContain(password)
  })

  it('come with the VM, and nothing is put behind the initrd', async () => {
    expect((await made(chosen())).equals(initrd)).toBe(true)
    const disc = one.host.files.get('/var/lib/libvirt/images/new-01-answers.iso')
    const bytes = Buffer.from(disc?.content?.read(0, disc.sizeBytes).bytes ?? [])
    expect(bytes.toString('latin1')).toContain('CIDATA')
    expect(one.host.byName('new-01')?.storedXml).toContain('new-01-answers.iso')
  })

  it('need the address of its ISO image, which is said', async () => {
    const { problems } = await planSeries(
      one.session,
      { ...input(ubuntu, '/ubuntu'), memoryBytes: 4 * gib },
      writer,
    )
    expect(problems).toMatchObject([{ level: 'warning', field: 'source.kernelArgs' }])
  })
})

describe('what stands against answers for an installer from the web', () => {
  const told = async (chosen: NewVmInput): Promise<string[]> =>
    (await planSeries(one.session, chosen, writer)).problems
      .filter(({ level }) => level === 'error')
      .map(({ field = '', message }) => `${field}: ${message}`)

  it('is a pool that keeps no disc for an installer that needs one', async () => {
    const elsewhere = { ...ofForm, pool: 'no such pool' }
    expect(await told(input(ubuntu, '/ubuntu', elsewhere))).toContainEqual(
      expect.stringMatching(/^source\.answers\.pool: /),
    )
    expect(await told(input(fedora, '/os', elsewhere))).toEqual([])
  })

  it('is a form for a system that takes another kind of answers, while a file of the user is taken', async () => {
    expect(await told(input(debian, '/os'))).toContainEqual(expect.stringMatching(/^source\.answers: /))
    expect(await told(input(debian, '/os', { kind: 'own', pool: 'default', text: 'text\n' }))).toEqual([])
  })

  it('is a disk that could be another', async () => {
    const chosen = { ...input(fedora, '/os'), disks: [disk({ bus: 'sata' }), disk({ bus: 'scsi' })] }
    expect(await told(chosen)).toContainEqual(expect.stringMatching(/^disks: /))
  })
})
