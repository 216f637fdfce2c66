import { describe, expect, it } from 'vitest'
import { architectureOf, collectedDefinitions, wizardDefinitions } from '../testing/definitions'
import { host } from '../testing/host'
import { argvOf } from './plan'
import { planArgv } from './plan-argv'

function domain(devices: string, more = ''): string {
  return `<domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
  <name>web</name>
  <uuid>6f0e5b3c-1d0b-4d55-9d7d-9a5c0c1c2d3e</uuid>
  <memory unit='MiB'>512</memory>
  <vcpu>2</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <features><acpi/></features>
  ${more}
  <devices>${devices}</devices>
</domain>`
}

/** The words that one thing of the definition came to. */
function wordsOf(xml: string, of: string, surroundings = host()): string[] {
  return planArgv(xml, surroundings)
    .parts.filter((part) => part.of === of)
    .flatMap(({ words }) => [...words])
}

/** What is given to an option that is there once. */
function valueOf(xml: string, option: string): string | undefined {
  const words = argvOf(planArgv(xml, host()))
  const at = words.indexOf(option)
  return at < 0 ? undefined : words[at + 1]
}

describe('the machine', () => {
  it('is accelerated by what works here, and says so when it is not what was wanted', () => {
    const xml = domain('').replace("type='qemu'", "type='kvm'")
    expect(wordsOf(xml, 'accelerator', host({ accelerators: ['kvm', 'tcg'] }))).toEqual(['-accel', 'kvm'])
    const emulated = planArgv(xml, host())
    expect(emulated.notes.join()).toContain('wants KVM, which does not work on this host')
    expect(argvOf(emulated)).toContain('tcg')
  })

  it('gives the processor of the host with KVM, and all that can be emulated without', () => {
    const xml = domain('', "<cpu mode='host-passthrough'/>").replace("type='qemu'", "type='kvm'")
    expect(wordsOf(xml, 'processor', host({ accelerators: ['kvm'] }))).toEqual(['-cpu', 'host'])
    expect(wordsOf(xml, 'processor')).toEqual(['-cpu', 'max'])
  })

  it('has its processors in the shape of the definition', () => {
    const xml = domain('', "<cpu mode='maximum'><topology sockets='1' cores='2' threads='1'/></cpu>")
    expect(wordsOf(xml, 'processors')).toEqual(['-smp', '2,sockets=1,cores=2,threads=1'])
  })

  it('writes a comma in a name twice, as QEMU wants', () => {
    const xml = domain('').replace('<name>web', '<name>web,two')
    expect(wordsOf(xml, 'name')).toEqual(['-name', 'guest=web,,two,debug-threads=on'])
  })

  it('is refused when its UEFI firmware is not on the host, rather than started with a BIOS', () => {
    const xml = domain('').replace('<os>', "<os firmware='efi'>")
    expect(() => planArgv(xml, host({ firmwares: [] }))).toThrow('no UEFI firmware for this machine')
  })

  it('keeps the variables of its firmware in its own folder, made of those that come with it', () => {
    const xml = domain('').replace(
      '<os>',
      "<os firmware='efi'><firmware><feature enabled='yes' name='secure-boot'/><feature enabled='yes' name='enrolled-keys'/></firmware>",
    )
    const plan = planArgv(xml, host())
    expect(plan.copies).toEqual([
      expect.objectContaining({ from: '/usr/share/OVMF/OVMF_VARS_4M.ms.fd', to: '/vms/web/nvram.fd' }),
    ])
    expect(valueOf(xml, '-machine')).toContain('smm=on,pflash0=flash-code,pflash1=flash-variables')
  })
})

describe('a disk', () => {
  const disk = (inner: string, attributes = "device='disk'"): string =>
    domain(`<disk type='file' ${attributes}>${inner}</disk>`)

  it('is a node by the name of its target and a device by the name libvirt gives', () => {
    const words = wordsOf(
      disk(
        "<driver name='qemu' type='qcow2' cache='none' io='native' discard='unmap'/><source file='/i/a.qcow2'/><target dev='vda' bus='virtio'/><serial>A,1</serial><boot order='1'/>",
      ),
      'disk vda',
    )
    expect(JSON.parse(words[1] ?? '')).toEqual({
      driver: 'qcow2',
      'node-name': 'drive-vda',
      'read-only': false,
      cache: { direct: true, 'no-flush': false },
      discard: 'unmap',
      file: {
        driver: 'file',
        filename: '/i/a.qcow2',
        'node-name': 'drive-vda-file',
        'read-only': false,
        cache: { direct: true, 'no-flush': false },
        discard: 'unmap',
        'auto-read-only': true,
        aio: 'native',
      },
    })
    expect(words[3]).toBe(
      'virtio-blk-pci,drive=drive-vda,id=virtio-disk0,bootindex=1,write-cache=on,serial=A,,1,bus=pci.1,addr=0x0',
    )
  })

  it('that is an empty drive has no node', () => {
    const words = wordsOf(disk("<target dev='sda' bus='sata'/><readonly/>", "device='cdrom'"), 'disk sda')
    expect(words).toEqual(['-device', 'ide-cd,bus=ide.0,id=sata0-0-0'])
  })

  it('of a pool is refused, as only libvirt knows where its volume is', () => {
    const xml = domain(
      "<disk type='volume' device='disk'><source pool='p' volume='v'/><target dev='vda' bus='virtio'/></disk>",
    )
    expect(() => planArgv(xml, host())).toThrow('volume of the pool "p"')
  })

  it('brings its SCSI controller when the definition has none', () => {
    const xml = disk("<source file='/i/a.img'/><target dev='sdb' bus='scsi'/>")
    expect(wordsOf(xml, 'controller scsi0')).toEqual([
      '-device',
      'virtio-scsi-pci,id=scsi0,bus=pci.1,addr=0x0',
    ])
    expect(wordsOf(xml, 'disk sdb')[3]).toContain('scsi-hd,bus=scsi0.0,channel=0,scsi-id=0,lun=1,')
  })

  it('with limits stands behind them', () => {
    const xml = disk(
      "<source file='/i/a.img'/><target dev='vda' bus='virtio'/><iotune><total_iops_sec>100</total_iops_sec></iotune>",
    )
    const words = wordsOf(xml, 'disk vda')
    expect(JSON.parse(words[1] ?? '')).toEqual({
      'qom-type': 'throttle-group',
      id: 'limit-vda',
      limits: { 'iops-total': 100 },
    })
    expect(words.at(-1)).toContain('drive=drive-vda-limit,')
  })
})

describe('a network card', () => {
  const card = (inner: string, type: string): string =>
    domain(
      `<interface type='${type}'><mac address='52:54:00:00:00:01'/>${inner}<model type='virtio'/></interface>`,
    )

  it('of QEMU’s own network forwards the ports of the definition', () => {
    const xml = card(
      "<ip family='ipv4' address='10.0.9.0' prefix='24'/><portForward proto='tcp' address='127.0.0.1'><range start='2222' to='22'/></portForward><portForward proto='udp'><range start='5000' end='5001'/></portForward>",
      'user',
    )
    expect(wordsOf(xml, 'network card 0')).toEqual([
      '-netdev',
      'user,id=hostnet0,net=10.0.9.0/24,hostfwd=tcp:127.0.0.1:2222-:22,hostfwd=udp::5000-:5000,hostfwd=udp::5001-:5001',
      '-device',
      'virtio-net-pci,netdev=hostnet0,id=net0,mac=52:54:00:00:00:01,bus=pci.1,addr=0x0',
    ])
  })

  it('with N queues on a TAP interface gets 2N+2 vectors', () => {
    const xml = card("<target dev='tap3' managed='no'/><driver name='vhost' queues='4'/>", 'ethernet')
    const words = wordsOf(xml, 'network card 0')
    expect(words[1]).toBe('tap,id=hostnet0,ifname=tap3,script=no,downscript=no,vhost=on,queues=4')
    expect(words[3]).toContain('mq=on,vectors=10,')
  })

  it('on a bridge is plugged in by QEMU’s helper', () => {
    expect(wordsOf(card("<source bridge='br7'/>", 'bridge'), 'network card 0')[1]).toBe(
      'bridge,id=hostnet0,br=br7',
    )
  })

  it('of a network of libvirt is in QEMU’s own, and that is told', () => {
    const plan = planArgv(card("<source network='default'/>", 'network'), host())
    expect(plan.notes).toEqual([expect.stringContaining('the network "default" is libvirt\'s')])
  })

  it('without an address has the same at each start', () => {
    const xml = domain("<interface type='user'><model type='virtio'/></interface>")
    expect(wordsOf(xml, 'network card 0')).toEqual(wordsOf(xml, 'network card 0'))
    expect(wordsOf(xml, 'network card 0')[3]).toMatch(/mac=52:54:00(:[0-9a-f]{2}){3}/)
  })
})

describe('helpers', () => {
  it('are swtpm for a TPM, started before with its state in the folder of the VM', () => {
    const plan = planArgv(
      domain("<tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>"),
      host(),
    )
    expect(plan.helpers).toEqual([
      expect.objectContaining({ program: 'swtpm', of: 'TPM', pidFile: '/vms/run/web/swtpm.pid' }),
    ])
    expect(plan.helpers[0]?.words).toContain('--tpm2')
    expect(argvOf(plan)).toContain('socket,id=chr-tpm0,path=/vms/run/web/swtpm')
  })

  it('are virtiofsd for a shared folder, for which the memory is shared', () => {
    const plan = planArgv(
      domain(
        "<filesystem type='mount'><driver type='virtiofs'/><source dir='/srv'/><target dir='data'/></filesystem>",
      ),
      host(),
    )
    expect(plan.helpers.map(({ program }) => program)).toEqual(['/usr/libexec/virtiofsd'])
    expect(argvOf(plan).join(' ')).toContain('memory-backend-memfd,id=ram-all,size=536870912,share=on')
  })
})

describe('screens', () => {
  it('are at a socket in the run folder unless the definition says where', () => {
    expect(valueOf(domain("<graphics type='vnc' autoport='yes'/>"), '-vnc')).toBe('unix:/vms/run/web/vnc')
    expect(
      valueOf(
        domain(
          "<graphics type='vnc' port='5905' autoport='no'><listen type='address' address='0.0.0.0'/></graphics>",
        ),
        '-vnc',
      ),
    ).toBe('0.0.0.0:5')
  })

  it('keep their password out of the command', () => {
    const xml = domain("<graphics type='vnc' autoport='yes' passwd='geheim'/>")
    expect(valueOf(xml, '-vnc')).toBe('unix:/vms/run/web/vnc,password=on')
    expect(argvOf(planArgv(xml, host())).join(' ')).not.toContain('geheim')
  })
})

describe('what is told', () => {
  it('names everything of a definition that has no place in the command', () => {
    const plan = planArgv(
      domain(
        "<rng model='virtio' mood='good'><backend model='random'>/dev/urandom</backend></rng>",
        '<future/>',
      ),
      host(),
    )
    expect(plan.notes).toEqual([
      'Has no place in QEMU’s command: future',
      'Has no place in QEMU’s command: devices/rng/@mood = good',
    ])
  })

  it('has a reason of its own for what only libvirt does', () => {
    const plan = planArgv(domain('', '<cputune><shares>10</shares></cputune>'), host())
    expect(plan.notes).toEqual([expect.stringContaining('Threads of the VM are not bound')])
  })

  it('explains every part of every command', () => {
    for (const { xml } of wizardDefinitions().filter((one) => architectureOf(one.xml) === 'x86_64'))
      for (const part of planArgv(xml, host()).parts) {
        expect(part.why).toMatch(/[.:]|mount -t/)
        expect(part.of).not.toBe('')
        expect(part.words.length).toBeGreaterThan(0)
      }
  })
})

describe('own words', () => {
  it('come last, and variables of the environment before the program', () => {
    const xml = domain('').replace(
      '</domain>',
      "<qemu:commandline><qemu:arg value='-device'/><qemu:arg value='x,y'/><qemu:env name='A' value='b c'/></qemu:commandline></domain>",
    )
    const words = argvOf(planArgv(xml, host()))
    expect(words.slice(-2)).toEqual(['-device', 'x,y'])
    expect(words.slice(0, 3)).toEqual(['env', 'A=b c', '/usr/bin/qemu-system-x86_64'])
  })
})

describe('the collection of definitions', () => {
  it('is planned without a breach of what QEMU names may be used once', () => {
    for (const { name, xml } of [...wizardDefinitions(), ...collectedDefinitions()]) {
      if (architectureOf(xml) !== 'x86_64') continue
      let words: readonly string[]
      try {
        words = argvOf(planArgv(xml, host()))
      } catch {
        continue
      }
      const ids = words.flatMap((word) => /^(?!\{)[^=]*,(?:.*,)?id=([^,]+)/.exec(word)?.[1] ?? [])
      const kinds = words.flatMap((word, at) =>
        words[at - 1] === '-device' ? (/,id=([^,]+)/.exec(word)?.[1] ?? []) : [],
      )
      expect(new Set(kinds).size, name).toBe(kinds.length)
      expect(ids.length).toBeGreaterThanOrEqual(kinds.length)
    }
  })
})
