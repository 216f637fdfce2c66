import { describe, expect, it } from 'vitest'
import type { DetectedMedium, DetectedOs } from './medium'
import { mediumText } from './medium-words'

const disc = (more: Partial<DetectedMedium>, os?: Partial<DetectedOs>): DetectedMedium => ({
  label: 'LABEL',
  sizeBytes: 1,
  startsBios: false,
  startsEfi: false,
  ...more,
  ...(os && {
    os: { id: 'x', shortId: 'x', name: 'X 1', isInstaller: true, isLive: false, others: [], ...os },
  }),
})

describe('a disc in words', () => {
  it.each([
    [
      disc({ startsBios: true, startsEfi: true }, { name: 'Debian 12', arch: 'x86_64' }),
      'Debian 12 installer, x86_64, starts with BIOS and UEFI',
    ],
    [
      disc({ startsEfi: true }, { name: 'Fedora Workstation 41', arch: 'aarch64', isLive: true }),
      'Fedora Workstation 41 live system and installer, aarch64, starts with UEFI only',
    ],
    [
      disc({ startsBios: true }, { name: 'Rescue 1', isLive: true, isInstaller: false }),
      'Rescue 1 live system, starts with BIOS only',
    ],
    [
      disc(
        { startsBios: true, startsEfi: true },
        {
          name: 'Microsoft Windows Server 2025',
          arch: 'x86_64',
          others: [
            { id: 'a', name: 'Microsoft Windows Server 2022' },
            { id: 'b', name: 'Microsoft Windows Server 2019' },
          ],
        },
      ),
      'Microsoft Windows Server 2025 or 2022 or 2019 installer, x86_64, starts with BIOS and UEFI',
    ],
    [
      disc({ startsBios: true }, { name: 'Ubuntu 26.04', isGuess: true }),
      'Probably Ubuntu 26.04 installer, starts with BIOS only',
    ],
    [disc({ label: 'virtio-win-0.1.240' }), 'Disc “virtio-win-0.1.240”, does not start a VM'],
    [disc({ label: '', startsEfi: true }), 'Disc without a name, starts with UEFI only'],
  ])('%#: is what a person would say', (medium, text) => {
    expect(mediumText(medium)).toBe(text)
  })
})
