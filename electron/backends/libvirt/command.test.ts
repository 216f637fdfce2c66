import { expect, it } from 'vitest'
import { virshCommand, virshLine } from './command'

it.each([
  ['start', 'web-01', 'virsh -c qemu:///system start web-01'],
  ['forceOff', 'web 01', "virsh -c qemu:///system destroy 'web 01'"],
  ['pause', `it's; $(reboot) <b>`, `virsh -c qemu:///system suspend 'it'\\''s; $(reboot) <b>'`],
  ['shutdown', '-rf', `virsh -c qemu:///system shutdown --mode acpi --domain -rf`],
  ['startPaused', 'web-01', 'virsh -c qemu:///system start --paused web-01'],
  ['sleep', 'web-01', 'virsh -c qemu:///system dompmsuspend --target mem web-01'],
  ['startAfresh', 'web-01', 'virsh -c qemu:///system start --force-boot web-01'],
] as const)('writes %s of %s', (action, name, command) => {
  expect(virshCommand('qemu:///system', action, name)).toBe(command)
})

it('quotes a URI with parameters', () => {
  expect(virshCommand('qemu+ssh://h/system?socket=/x&mode=auto', 'start', 'a')).toBe(
    "virsh -c 'qemu+ssh://h/system?socket=/x&mode=auto' start a",
  )
})

it('keeps options bare, and whatever a shell would read a meaning into in quotes', () => {
  expect(virshLine('', ['vol-delete', 'a b', '--pool', '=x', '%h', '~'])).toBe(
    "virsh vol-delete 'a b' --pool '=x' '%h' '~'",
  )
})
