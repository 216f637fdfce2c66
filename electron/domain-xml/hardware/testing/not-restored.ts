/**
 * Settings whose old value does not bring back the old text, and why. Whatever else was taken away comes back with the same
 * meaning, though perhaps behind its neighbours; whatever was only changed or added comes back byte for byte.
 */
import { nameOf, type OneChange } from './one-change'

const unitIsLost = 'The unit a size was told in goes with it, and it comes back in the usual one.'
const ofTheImage = 'What was known about an image (its chain, the used part) goes with the image.'
const bootOrder = '<os><boot> cannot stand beside a place in the order, and has become such places.'
const secret = 'The old secret is not known to the form.'
const written = 'Says the same, written with its state or without references.'

const reasons: Readonly<Record<string, string>> = {
  'disk.sourceType': ofTheImage,
  'disk.file': ofTheImage,
  'disk.bus': 'The address was one of the old bus; the host gives another.',
  'disk.bootOrder': bootOrder,
  'pci-device.bootOrder': bootOrder,
  'scsi-device.bootOrder': bootOrder,
  'disk.authUser': 'Who stood beside the source stands in it now, as libvirt writes it today.',
  'disk.cookies': secret,
  'disk.encryptionFormat': 'How it is encrypted says nothing without a format.',
  'graphics.type': 'A port that is chosen at power-on is written as -1 or left out.',
  'graphics.port': 'A port that is chosen at power-on is written as -1 or left out.',
  'graphics.listenAddress': 'The address of <listen> was there a second time, as libvirt repeats it.',
  'graphics.listenSocket': 'The socket of <listen> was there a second time, as libvirt repeats it.',
  'graphics.password': secret,
  'security.labels': 'What the running guest was given for a label is no part of a setting.',
  'security.protection': 'Each protection has settings of its own, some of which no field shows.',
  'console.targetType': 'A console of the first serial port is no console of its own any more.',
  'nvram.register': 'Comes back without leading zeros.',
  'vcpu-tuning.ioThreadPools': 'An IO thread that leaves the list takes its polling along.',
  'features.hypervTlbFlush': 'A feature that is taken away takes its parts along.',
  'features.hap': written,
  'boot.cmdline': written,
  'memory.hugepageSizes': unitIsLost,
  'shmem.model': 'A kind without a size loses it, with its unit.',
  'memory.hardLimit': unitIsLost,
  'memory.softLimit': unitIsLost,
  'memory.swapLimit': unitIsLost,
  'memory.minGuarantee': unitIsLost,
  'memory-device.requested': unitIsLost,
  'filesystem.memoryBytes': unitIsLost,
}

export function whyNotRestored(change: OneChange): string | undefined {
  const { binding } = change
  if (change.value === undefined && typeof binding === 'object' && 'unit' in binding) return unitIsLost
  return reasons[nameOf(change)]
}

export const namedSettings: readonly string[] = Object.keys(reasons)
