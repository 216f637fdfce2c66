/**
 * Text devices of libvirt's guests. Each open one has a connection of its own, as a stream that is not read stops all
 * else on its connection. libvirt lets one reader in and keeps no history: what came before is in nobody's hands.
 */
import type { Duplex } from 'node:stream'
import { AppError } from '../../../../shared/errors'
import type { VmId } from '../../../../shared/model/ids'
import { forcedField, type TextDevice } from '../../../../shared/model/text-console'
import { isActive } from '../../../../shared/model/vm'
import { readTextDevices } from '../../../domain-xml/text-devices'
import {
  isRpcError,
  virDomainChannelFlags as channelFlags,
  virDomainConsoleFlags as consoleFlags,
  type RpcStream,
} from '../../../libvirt-rpc/index'
import type { OpenTextRequest, TextConsoleSession } from '../../text-console-session'
import { domainOf } from '../domain-handle'
import { cancelled, toAppError } from '../errors'
import { currentRecord, domainDocument, type LibvirtHost } from '../host'
import { translated } from '../translated'
import { StreamDuplex } from './stream-duplex'

const openingMs = 15_000

export function textConsolesOf(host: LibvirtHost): TextConsoleSession {
  return translated({
    textDevices: async (vm) => readTextDevices(await domainDocument(host, vm)),
    async openText(vm, request, signal) {
      if (signal.aborted) throw cancelled()
      const device = await findDevice(host, vm, request.device)
      const stream = await open(host, vm, device, request, signal)
      return new StreamDuplex(stream, told) satisfies Duplex
    },
  })
}

async function findDevice(host: LibvirtHost, vm: VmId, id: string): Promise<TextDevice> {
  const { name, state } = await currentRecord(host, vm)
  const device = readTextDevices(await domainDocument(host, vm)).find((one) => one.id === id)
  if (!device) throw new AppError('not-found', `${name} has no such device any more`)
  if (device.obstacle) throw AppError.from(device.obstacle)
  if (!isActive(state))
    throw new AppError('invalid', `${name} is shut off`, { cure: 'Start it to use its text console.' })
  return device
}

async function open(
  host: LibvirtHost,
  vm: VmId,
  device: TextDevice,
  { isForced }: OpenTextRequest,
  signal: AbortSignal,
): Promise<RpcStream> {
  const dom = domainOf(vm, host.inventory.nameOf(vm))
  const options = { signal, timeoutMs: openingMs }
  try {
    if (device.kind === 'channel') {
      const flags = isForced ? channelFlags.VIR_DOMAIN_CHANNEL_FORCE : 0
      return (await host.rpc.openStream('DOMAIN_OPEN_CHANNEL', { dom, name: device.id, flags }, options))
        .stream
    }
    // "safe": only where the driver keeps others away for as long as we are there
    const flags =
      consoleFlags.VIR_DOMAIN_CONSOLE_SAFE | (isForced ? consoleFlags.VIR_DOMAIN_CONSOLE_FORCE : 0)
    const args = { dom, dev_name: device.id, flags }
    return (await host.rpc.openStream('DOMAIN_OPEN_CONSOLE', args, options)).stream
  } catch (error) {
    throw isRpcError(error, 'VIR_ERR_OPERATION_FAILED') ? inUse(device, isForced, error) : error
  }
}

/** The daemon fails with this code for another reader only: of its own, or a program on the host that locked the line. */
function inUse(device: TextDevice, isForced: boolean, error: Error): AppError {
  const extra = { detail: error.message, cause: error }
  if (isForced)
    return new AppError('busy', `${device.label} is held by another program on the host`, {
      ...extra,
      cure: 'End that program there, then try again.',
    })
  return new AppError('busy', `${device.label} is open elsewhere`, {
    ...extra,
    cure: 'Take it over, which ends the other session, or wait until that is closed.',
    field: forcedField,
  })
}

function told(error: unknown): Error {
  const known = toAppError(error)
  return known instanceof Error ? known : new Error(String(known))
}
