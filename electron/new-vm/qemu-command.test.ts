import { expect, test } from 'vitest'
import { readQemuCommand } from './qemu-command'
import { demo, failing } from './testing/demo'

const config = '[machine]\n  type = "q35"\n'

test('the host is asked for the format of images, and for files of -readconfig, that the command names', async () => {
  const { session } = await demo()
  const asked: string[] = []
  const images = failing(session.images, {
    image: async (path: string) => {
      asked.push(path)
      return {
        chain: [
          {
            path,
            format: 'vmdk',
            virtualSizeBytes: 1,
            isDirty: false,
            isEncrypted: false,
            snapshots: [],
            more: [],
          },
        ],
        dependants: [],
        inUseBy: [],
      }
    },
    readBytes: async () => new TextEncoder().encode(config),
  })
  const { xml } = await readQemuCommand(
    failing(session, { images }),
    'qemu-system-x86_64 -readconfig /srv/vm.cfg -hda /images/a.img -cdrom relative.iso',
  )
  expect(asked).toEqual(['/images/a.img'])
  expect(xml).toContain("machine='q35'")
  expect(xml).toMatch(/type='vmdk'[^>]*\/>\s*<source file='\/images\/a.img'/)
})

test('what the host cannot be asked is left to what the command says', async () => {
  const { session } = await demo()
  const images = failing(session.images, { image: () => Promise.reject(new Error('no qemu-img')) })
  const read = await readQemuCommand(
    failing(session, { images }),
    'qemu-system-x86_64 -m 256 -hda /images/a.qcow2',
  )
  expect(read.xml).toContain("type='qcow2'")
})

test('an accelerator that the host does not have becomes emulation, and is told', async () => {
  const { session } = await demo()
  const guest = { architecture: 'x86_64', osType: 'hvm', machines: [], features: [] }
  const plain = failing(session, {
    capabilities: async () => ({ guests: [{ ...guest, virtTypes: [{ name: 'qemu' }] }] }),
  })
  const command = 'qemu-system-x86_64 -enable-kvm -m 256'
  const slow = await readQemuCommand(plain, command)
  expect(slow.xml).toContain("<domain type='qemu'")
  expect(slow.told.join()).toContain('KVM does not work on this host')
  const fast = failing(session, {
    capabilities: async () => ({ guests: [{ ...guest, virtTypes: [{ name: 'qemu' }, { name: 'kvm' }] }] }),
  })
  expect((await readQemuCommand(fast, command)).xml).toContain("<domain type='kvm'")
})

test('what it comes to is called as the hardware page will call it', async () => {
  const { session } = await demo()
  const { hardware, kept } = await readQemuCommand(
    session,
    'qemu-system-x86_64 -m 256 -drive file=/images/a.qcow2,if=virtio -nic user,model=e1000 -fw_cfg name=opt/x,string=y',
  )
  expect(hardware.map(({ title }) => title)).toEqual(expect.arrayContaining(['Memory', 'VirtIO disk vda']))
  expect(hardware.find(({ kind }) => kind === 'disk')?.summary).toContain('/images/a.qcow2')
  expect(kept).toContain('-fw_cfg')
})
