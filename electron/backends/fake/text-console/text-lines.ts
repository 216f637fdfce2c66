import type { Duplex } from 'node:stream'
import { AppError } from '../../../../shared/errors'
import type { VmId } from '../../../../shared/model/ids'
import { forcedField, type TextDevice } from '../../../../shared/model/text-console'
import type { FakeHost } from '../fake-host'
import type { FakeVm, Run } from '../model'
import { powerOffGuest, rebootGuest } from '../power'
import { duplexPair } from '../rfb/memory-duplex'
import { SerialGuest } from './serial-guest'

interface Line {
  readonly run: Run
  readonly guest: SerialGuest
  /** Of the guest's boot: one that is less than before was begun anew. */
  uptimeMs: number
  reader: Duplex | undefined
}

const lines = new WeakMap<FakeHost, TextLines>()

/** One for a host, whoever its clients are: a line has one reader. */
export function textLinesOf(host: FakeHost): TextLines {
  const known = lines.get(host) ?? new TextLines(host)
  lines.set(host, known)
  return known
}

export class TextLines {
  readonly #lines = new Map<string, Line>()

  constructor(private readonly host: FakeHost) {
    host.onEvent((event) => {
      if (event.kind === 'vm-changed') this.#look(event.vm.id)
      else if (event.kind === 'vm-removed') this.#look(event.id)
    })
  }

  open(vm: FakeVm, device: TextDevice, isForced: boolean): Duplex {
    const { run } = vm
    if (!run)
      throw new AppError('invalid', `"${vm.definition.name}" is shut off`, {
        cure: 'Start it to use its console.',
      })
    const line = this.#lineOf(vm, run, device)
    if (line.reader) {
      if (!isForced)
        throw new AppError('busy', `${device.label} is open elsewhere`, {
          cure: 'Take it over, which ends the other session, or wait until that is closed.',
          field: forcedField,
        })
      line.reader.destroy()
    }
    const [clientEnd, guestEnd] = duplexPair()
    line.reader = guestEnd
    guestEnd.on('data', (bytes: Buffer) => {
      if (run.clock.isRunning) line.guest.receive(bytes)
    })
    guestEnd.once('close', () => {
      if (line.reader === guestEnd) line.reader = undefined
    })
    return clientEnd
  }

  #lineOf(vm: FakeVm, run: Run, device: TextDevice): Line {
    const key = `${vm.definition.id} ${device.id}`
    const known = this.#lines.get(key)
    if (known?.run === run) return known
    const line: Line = {
      run,
      uptimeMs: run.clock.uptimeMs(),
      reader: undefined,
      guest: new SerialGuest(vm.definition, device.guestName ?? device.id, {
        actions: {
          reboot: () => rebootGuest(this.host, vm),
          powerOff: () => powerOffGuest(this.host, vm),
        },
        uptimeMs: () => run.clock.uptimeMs(),
        // nobody keeps what a line carries while nobody reads it
        write: (text) => void line.reader?.write(text),
      }),
    }
    this.#lines.set(key, line)
    return line
  }

  #look(id: VmId): void {
    const run = this.host.vms.get(id)?.run
    for (const [key, line] of [...this.#lines]) {
      if (!key.startsWith(`${id} `)) continue
      if (line.run !== run) {
        this.#lines.delete(key)
        line.reader?.destroy()
        continue
      }
      const uptimeMs = run.clock.uptimeMs()
      if (uptimeMs < line.uptimeMs) line.guest.boot()
      line.uptimeMs = uptimeMs
    }
  }
}
