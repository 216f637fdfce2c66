/** Which guests the host can run: one kind for each QEMU that is installed. */
import { AppError } from '../../../shared/errors'
import type {
  GuestCapabilities,
  GuestCapabilitiesQuery,
  HostCapabilities,
} from '../../../shared/model/host-details'
import type { Emulators } from './emulators'

export async function readCapabilities(emulators: Emulators): Promise<HostCapabilities> {
  const all = await Promise.all(emulators.architectures.map((architecture) => emulators.of(architecture)))
  return {
    guests: all.map(({ architecture, path, accelerators, machines }) => ({
      architecture,
      osType: 'hvm',
      virtTypes: accelerators.map((one) => ({ name: one === 'tcg' ? 'qemu' : one, emulator: path })),
      machines: machines.map(({ name, canonical, isDeprecated }) => ({
        name,
        ...(canonical === undefined ? {} : { canonical }),
        isDeprecated,
      })),
      features: [],
    })),
  }
}

export async function readGuestCapabilities(query: GuestCapabilitiesQuery): Promise<GuestCapabilities> {
  throw new AppError(
    'unsupported',
    `What a ${query.architecture} guest can have here is not asked of QEMU yet`,
    {
      cure: 'QEMU says so at the start when something is not possible.',
    },
  )
}
