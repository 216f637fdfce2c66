import { describe, expect, it } from 'vitest'
import { writtenDomain } from '../../../domain-xml/written-domain'
import { planArgv } from '../argv/plan-argv'
import { host } from '../testing/host'
import { importCommand, importConfig } from '../../../qemu-command/import-command'
import { guideCommands } from './testing/guide-commands'

describe('a command of the guide', () => {
  it('is one of more than forty', () => {
    expect(guideCommands.length).toBeGreaterThanOrEqual(40)
  })

  it.for(guideCommands)(
    'of the lines $lines comes to a definition with what it says',
    ({ command, has, told = [], kept = [] }) => {
      const imported = importCommand(command)
      expect(() => writtenDomain(imported.xml)).not.toThrow()
      for (const piece of has) expect(imported.xml).toContain(piece)
      for (const piece of told) expect(imported.told.join('\n')).toContain(piece)
      for (const word of kept) expect(imported.kept).toContain(word)
      if (kept.length === 0) expect(imported.kept).toEqual([])
      expect(() => planArgv(imported.xml, host())).not.toThrow()
    },
  )
})

describe('a text that is no command by itself', () => {
  const refusal = (text: string): string => {
    try {
      importCommand(text)
    } catch (error) {
      return (error as Error).message
    }
    return 'nothing was refused'
  }

  it('is refused with the reason, as no shell runs', () => {
    expect(refusal('qemu-system-x86_64 -hda $DISK')).toBe(
      '$DISK is filled in by a shell, and no shell runs here',
    )
    expect(refusal('qemu-system-x86_64 -name "${NAME}x"')).toContain('${NAME} is filled in')
    expect(refusal('qemu-system-x86_64 -name `hostname`')).toContain('run by a shell')
    expect(refusal('qemu-system-x86_64 -m 1 | tee log')).toContain('joins several commands')
    expect(refusal('qemu-system-x86_64 -m 1 > log')).toContain('sends input or output elsewhere')
    expect(refusal('qemu-system-x86_64 -m 512 ; rm -rf /')).toContain('joins several commands')
    expect(refusal('virsh list')).toContain('is no program of QEMU')
    expect(refusal('qemu-system-x86_64 -name “x”')).toContain('one for print')
    expect(refusal("qemu-system-x86_64 -name 'x")).toContain('never closed')
    expect(refusal('')).toBe('There is no command')
  })

  it('may have a prompt, comments, quotes, lines that go on and variables before it', () => {
    const { xml, kept } = importCommand(
      'tux > QEMU_AUDIO_DRV=none qemu-system-x86_64 \\\n  -name \'a "b" c\' \\\n  -m 1G # enough\n# and that is all\n',
    )
    expect(xml).toContain('<name>a "b" c</name>')
    expect(xml).toContain("<qemu:env name='QEMU_AUDIO_DRV' value='none'/>")
    expect(kept).toEqual([])
  })

  it('never becomes elements of its own, whatever names hold', () => {
    const { xml } = importCommand("qemu-system-x86_64 -name '</name><evil/>' -hda \"/a'b<c>.raw\"")
    // a name has no slash, as it names a folder
    expect(writtenDomain(xml).name).toBe('<-name><evil->')
    expect(xml).not.toContain('<evil/>')
  })
})

describe('what has no form in the model', () => {
  it('is kept word for word, with all that it refers to', () => {
    const { kept } = importCommand(
      'qemu-system-x86_64 -nodefaults -device edu,id=e,dma_mask=1 -drive if=none,id=d,file=/a.raw,format=raw,force-share=on -device virtio-blk-pci,drive=d -global x.y=z',
    )
    expect(kept).toEqual([
      '-drive',
      'if=none,id=d,file=/a.raw,format=raw,force-share=on',
      '-device',
      'edu,id=e,dma_mask=1',
      '-device',
      'virtio-blk-pci,drive=d',
      '-global',
      'x.y=z',
    ])
  })

  it('lets no word be lost: each is in the definition, kept, or told', () => {
    const { xml, kept, told } = importCommand(
      'qemu-system-x86_64 -M pc,graphics=off -cpu qemu64,phys-bits=40 -boot once=d -overcommit cpu-pm=on -smbios type=1,serial=7 -unheard-of thing',
    )
    expect(kept).toEqual([
      '-machine',
      'graphics=off',
      '-cpu',
      'qemu64,phys-bits=40',
      '-boot',
      'once=d',
      '-overcommit',
      'cpu-pm=on',
      '-smbios',
      'type=1,serial=7',
      '-unheard-of',
      'thing',
    ])
    expect(xml).toContain("<qemu:arg value='-unheard-of'/>")
    expect(told).toEqual([expect.stringContaining('network card without being told')])
  })
})

describe('a file of -readconfig', () => {
  const file = `# qemu config file
[drive "disk0"]
  if = "none"
  format = "raw"
  file = "/images/a,b.raw"

[device "v"]
  driver = "virtio-blk-pci"
  drive = "disk0"

[netdev "n"]
  type = "user"
  hostfwd = "tcp::2222-:22"

[device "card"]
  driver = "e1000"
  netdev = "n"

[machine]
  type = "q35"
  accel = "kvm"

[memory]
  size = "1024"

[smp-opts]
  cpus = "2"
`

  it('is a VM by itself', () => {
    const { xml, kept } = importConfig(file, 'qemu-system-x86_64')
    for (const piece of [
      "<source file='/images/a,b.raw'/>",
      "<target dev='vda' bus='virtio'/>",
      "<range start='2222' to='22'/>",
      "machine='q35'",
      "<domain type='kvm'>",
      "<memory unit='MiB'>1024</memory>",
      '<vcpu>2</vcpu>',
    ])
      expect(xml).toContain(piece)
    expect(kept).toEqual([])
  })

  it('is read where a command names it, and asked for when it is not there', () => {
    const { xml } = importCommand('qemu-system-x86_64 -readconfig vm.cfg', {
      configOf: (path) => (path === 'vm.cfg' ? file : undefined),
    })
    expect(xml).toContain("<target dev='vda' bus='virtio'/>")
    expect(() => importCommand('qemu-system-x86_64 -readconfig other.cfg')).toThrow(
      'reads the file other.cfg, which is not here',
    )
  })

  it('with a line of something else is refused by its number', () => {
    expect(() => importConfig('[drive]\nrm -rf /\n', 'qemu-system-x86_64')).toThrow('Line 2 of the file')
  })
})
