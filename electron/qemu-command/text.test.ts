import { describe, expect, it } from 'vitest'
import { AppError } from '../../shared/errors'
import { importText } from './text'

function refused(text: string): AppError {
  try {
    importText(text)
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('Nothing was refused')
}

describe('a script around a command', () => {
  it('gives its command, and tells each line that does something else', () => {
    const { xml, told } = importText(
      '#!/bin/sh\nset -e\nip tuntap add tap0 mode tap\n# the VM\nqemu-system-x86_64 -name web \\\n  -m 1G \\\n  -vga none\n\necho done\n',
    )
    expect(xml).toContain('<name>web</name>')
    expect(xml).toContain("<memory unit='MiB'>1024</memory>")
    expect(told.filter((one) => one.startsWith('Left out, as it is no part'))).toEqual([
      'Left out, as it is no part of QEMU’s command: set -e',
      'Left out, as it is no part of QEMU’s command: ip tuntap add tap0 mode tap',
      'Left out, as it is no part of QEMU’s command: echo done',
    ])
  })

  it('with two commands is refused, naming the second', () => {
    const { message, detail } = refused('qemu-system-x86_64 -name a\necho\nqemu-system-arm -name b\n')
    expect(message).toBe('There is more than one command of QEMU')
    expect(detail).toBe('qemu-system-arm -name b')
  })

  it('has its mistakes told by line and place in the text as it was pasted', () => {
    expect(refused('#!/bin/sh\n\nqemu-system-x86_64 -m 512 \\\n  -hda $DISK -vga std\n').detail).toBe(
      'Line 4, character 8: $DISK -vga std',
    )
    expect(refused('root # qemu-system-x86_64 -name "a').detail).toBe('Line 1, character 33: "a')
    expect(refused("qemu-system-x86_64 -name \\\n 'a").detail).toBe("Line 2, character 2: 'a")
  })
})

describe('a file of -readconfig', () => {
  const file = '# qemu config file\n\n[machine]\n  type = "q35"\n\n[memory]\n  size = "768"\n'

  it('is known by its first group', () => {
    const { xml, source, told } = importText(file)
    expect(source).toBe('config')
    expect(xml).toContain("machine='q35'")
    expect(told[0]).toContain('x86_64 is taken')
  })

  it('that a command names is read where somebody has it, else asked for', () => {
    const command = 'qemu-system-x86_64 -readconfig /srv/vm.cfg'
    expect(
      importText(command, { configOf: (path) => (path === '/srv/vm.cfg' ? file : undefined) }).xml,
    ).toContain("machine='q35'")
    expect(refused(command)).toMatchObject({
      message: 'The command reads the file /srv/vm.cfg, which is not here',
      cure: expect.stringContaining('in the place of -readconfig'),
    })
  })

  it('with a line that QEMU does not write is refused with the line', () => {
    expect(refused('[machine]\n  type = q35\n').message).toContain('Line 2 of the file')
  })
})

it('a text that is neither is refused with what to paste', () => {
  expect(refused('virsh start web')).toMatchObject({ cure: expect.stringContaining('qemu-system-') })
})
