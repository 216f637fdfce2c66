import type { Duplex } from 'node:stream'
import { AppError } from '../../../../shared/errors'
import type { VmId } from '../../../../shared/model/ids'
import type { TextDevice } from '../../../../shared/model/text-console'
import { parseXml } from '../../../domain-xml/document'
import { readTextDevices } from '../../../domain-xml/text-devices'
import type { TextConsoleSession } from '../../text-console-session'
import { cancelled } from '../clock'
import type { FakeHost } from '../fake-host'
import { xmlOf } from '../xml'
import { textLinesOf } from './text-lines'

export function fakeTextConsoles(
  host: FakeHost,
  answerTime: () => Promise<void>,
  /** Ends the stream with its session. */
  keep: (stream: Duplex) => void,
): TextConsoleSession {
  const devicesOf = (id: VmId): TextDevice[] => {
    const vm = host.get(id)
    return readTextDevices(parseXml(xmlOf(vm, host.displayPort(vm))).root)
  }
  return {
    async textDevices(id) {
      await answerTime()
      return devicesOf(id)
    },
    async openText(id, { device: deviceId, isForced }, signal) {
      await answerTime()
      if (signal.aborted) throw cancelled()
      const device = devicesOf(id).find((one) => one.id === deviceId)
      if (!device) throw new AppError('not-found', 'The VM has no such device any more')
      if (device.obstacle) throw AppError.from(device.obstacle)
      const stream = textLinesOf(host).open(host.get(id), device, isForced)
      keep(stream)
      return stream
    },
  }
}
