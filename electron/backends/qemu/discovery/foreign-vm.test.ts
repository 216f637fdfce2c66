import { describe, expect, it } from 'vitest'
import { foreignVm, ownerOf, type ForeignVm } from './foreign-vm'
import { readProcesses, type FoundProcess } from './processes'

function process(...words: string[]): FoundProcess {
  return { pid: 7, startedTicks: 4711, folder: '/home/ann', words: ['/usr/bin/qemu-system-x86_64', ...words] }
}

function read(...words: string[]): ForeignVm {
  const vm = foreignVm(process(...words))
  if ('why' in vm) throw new Error(vm.why)
  return vm
}

describe('the list of processes', () => {
  it('keeps empty words and words with anything in them', () => {
    const text =
      'p 7 4711 4 /home/a b\0/usr/bin/qemu-system-x86_64\0-append\0\0p 1 1 1 x\n\0p 8 5 1 /\0bash\0'
    expect(readProcesses(text)).toEqual([
      {
        pid: 7,
        startedTicks: 4711,
        folder: '/home/a b',
        words: ['/usr/bin/qemu-system-x86_64', '-append', '', 'p 1 1 1 x\n'],
      },
    ])
  })

  it('passes over what broke off, and over commands that nobody types', () => {
    const many = Array.from({ length: 100_000 }, () => '-device').join('\0')
    expect(
      readProcesses(`half\0p 7 1 100001 /\0qemu-system-x86_64\0${many}\0p 8 2 1 /\0qemu-kvm\0`),
    ).toMatchObject([{ pid: 8, words: ['qemu-kvm'] }])
    expect(readProcesses('p 7 1 5 /\0qemu-system-x86_64\0-m')).toMatchObject([{ pid: 7 }])
  })
})

describe('a process of QEMU', () => {
  it('is libvirt’s, Innkeeper’s own, a question to QEMU, or another program’s', () => {
    expect(
      ownerOf(
        process('-chardev', 'socket,id=charmonitor,path=/var/lib/libvirt/qemu/domain-3-web/monitor.sock'),
      ),
    ).toBe('libvirt')
    expect(ownerOf(process('-chardev', 'socket,id=innkeeper-qmp0,path=/x/qmp-0,server=on'))).toBe('innkeeper')
    expect(ownerOf(process('-S', '-machine', 'none', '-qmp', 'stdio'))).toBe('probe')
    expect(ownerOf(process('-m', '512', '-vga', 'none'))).toBe('other')
  })

  it('is known by its UUID, or by which process it is', () => {
    expect(read('-uuid', '5717E000-0000-4000-8000-00000000CAFE').id).toBe(
      '5717e000-0000-4000-8000-00000000cafe',
    )
    expect(read('-m', '1').id).toBe(read('-m', '1').id)
    expect(read('-m', '1').id).not.toBe((foreignVm({ ...process(), pid: 8 }) as ForeignVm).id)
  })

  it('has the name it was given, or that of its process', () => {
    expect(read('-name', 'web,debug-threads=on').facts.name).toBe('web')
    expect(read('-m', '512').facts).toMatchObject({ name: 'qemu-7', maxMemoryBytes: 512 * 1024 * 1024 })
  })

  it('has a screen only where one can be reached', () => {
    expect(read('-display', 'gtk').xml).not.toContain('<graphics')
    expect(read('-vnc', '127.0.0.1:3').xml).toContain("port='5903'")
    expect(read('-vnc', 'unix:/run/a.sock').xml).toContain('/run/a.sock')
  })

  it('has its monitor found in each way that QEMU is given one', () => {
    expect(read('-qmp', 'unix:mon.sock,server=on,wait=off').monitors).toEqual([
      { path: '/home/ann/mon.sock' },
    ])
    expect(read('-qmp', 'tcp::4444,server,nowait').monitors).toEqual([{ address: '127.0.0.1', port: 4444 }])
    expect(
      read('-chardev', 'socket,id=m,path=/run/m,server=on,wait=off', '-mon', 'chardev=m,mode=control')
        .monitors,
    ).toEqual([{ path: '/run/m' }])
    expect(read('-monitor', 'unix:/run/hmp,server=on', '-qmp', 'unix:/run/client').monitors).toEqual([])
  })

  it('may have hostile words', () => {
    const { xml } = read(
      '-name',
      'a\u0001b\u001b[31m</name>',
      '-device',
      'x\ufffe,id=]]>&"\'',
      '-append',
      '\u0000',
    )
    expect(xml).not.toContain('\u001b')
    expect(xml).not.toContain('\u0001')
  })
})
