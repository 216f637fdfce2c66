// @ts-check
import { describe, expect, it } from 'vitest'
import { installLine, packagesFor, packageToolOf, parseMissing } from './libraries.mjs'

const lddOutput = `	linux-vdso.so.1 (0x00007ffd8a3f2000)
	libffmpeg.so => /opt/electron/libffmpeg.so (0x00007f1c5a000000)
	libgtk-3.so.0 => not found
	libnss3.so => not found
	libnssutil3.so => not found
	libnss3.so => not found
	libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f1c59c00000)
`

describe('missing libraries', () => {
  it('are read from ldd, each once', () => {
    expect(parseMissing(lddOutput)).toEqual(['libgtk-3.so.0', 'libnss3.so', 'libnssutil3.so'])
  })

  it('are asked for on Debian by the name this release has, several libraries of one package once', () => {
    const bookworm = new Set(['libgtk-3-0', 'libnss3'])
    expect(packagesFor(parseMissing(lddOutput), 'apt', (name) => bookworm.has(name))).toEqual({
      packages: ['libgtk-3-0', 'libnss3'],
      unknown: [],
    })
    const noble = new Set(['libgtk-3-0t64', 'libgtk-3-0', 'libnss3'])
    expect(packagesFor(['libgtk-3.so.0'], 'apt', (name) => noble.has(name)).packages).toEqual([
      'libgtk-3-0t64',
    ])
  })

  it('are named where Debian has no known package for them', () => {
    expect(packagesFor(['libfoo.so.1'], 'apt', () => true)).toEqual({
      packages: [],
      unknown: ['libfoo.so.1'],
    })
  })

  it('are asked for by their own name on RPM distributions', () => {
    expect(packagesFor(['libgtk-3.so.0'], 'zypper', () => true).packages).toEqual(['libgtk-3.so.0()(64bit)'])
  })
})

describe('the package manager', () => {
  it.each([
    ['ID=debian\nVERSION_ID="12"', 'apt'],
    ['NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"', 'apt'],
    ['ID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"', 'zypper'],
    ['ID="sles"\nID_LIKE="suse"', 'zypper'],
    ['ID=fedora', 'dnf'],
    ['ID="rocky"\nID_LIKE="rhel centos fedora"', 'dnf'],
  ])('is known from %j', (osRelease, tool) => {
    expect(packageToolOf(osRelease)).toBe(tool)
  })

  it('is unknown elsewhere', () => {
    expect(packageToolOf('ID=alpine')).toBeUndefined()
  })

  it('is shown as a line to paste, with parentheses quoted', () => {
    expect(installLine('dnf', ['libgtk-3.so.0()(64bit)'])).toBe(
      "sudo dnf install -y 'libgtk-3.so.0()(64bit)'",
    )
  })
})
