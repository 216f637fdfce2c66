import { clock } from '../../../../shared/model/hardware/kinds/clock'
import { elementAt, makeElementAt, placeOf } from '../../edit/path'
import type { EditElement } from '../../edit/tree'
import { bind, type FieldBinding } from '../binding'
import { decode, encode, removeWithEmptyParents } from '../parts'

/** https://libvirt.org/formatdomain.html#time-keeping */
export const clockBinding = bind(clock, {
  fields: {
    offset: {
      read: (domain) => domain.find('clock')?.attribute('offset'),
      write: (domain, value) => {
        const element = domain.find('clock')
        if (value !== undefined) makeClock(domain).setAttribute('offset', encode(value, 'text'))
        // the element needs an offset, and UTC is what none means
        else if (element?.children().length === 0) element.remove()
        else element?.setAttribute('offset', 'utc')
        keepWhatFits(domain.find('clock'))
      },
    },
    timezone: ofClock('timezone', 'text', ['timezone']),
    adjustment: ofClock('adjustment', 'text', ['utc', 'localtime', 'variable']),
    basis: ofClock('basis', 'text', ['variable']),
    start: ofClock('start', 'integer', ['absolute']),
    rtcTickPolicy: ofTimer('rtc', 'tickpolicy', 'text'),
    rtcTrack: ofTimer('rtc', 'track', 'text'),
    rtcPresent: ofTimer('rtc', 'present', 'yes-no'),
    catchupThreshold: catchup('threshold'),
    catchupSlew: catchup('slew'),
    catchupLimit: catchup('limit'),
    pitTickPolicy: ofTimer('pit', 'tickpolicy', 'text'),
    pitPresent: ofTimer('pit', 'present', 'yes-no'),
    hpetPresent: ofTimer('hpet', 'present', 'yes-no'),
    kvmClockPresent: ofTimer('kvmclock', 'present', 'yes-no'),
    hypervClockPresent: ofTimer('hypervclock', 'present', 'yes-no'),
    tscPresent: ofTimer('tsc', 'present', 'yes-no'),
    tscMode: ofTimer('tsc', 'mode', 'text'),
    tscFrequencyHz: ofTimer('tsc', 'frequency', 'integer'),
    armTickPolicy: ofTimer('armvtimer', 'tickpolicy', 'text'),
    armPresent: ofTimer('armvtimer', 'present', 'yes-no'),
  },
})

type As = 'text' | 'integer' | 'yes-no'

function makeClock(domain: EditElement): EditElement {
  const element = makeElementAt(domain, placeOf('clock'))
  if (element.attribute('offset') === undefined) element.setAttribute('offset', 'utc')
  return element
}

const offsetsOf: Record<string, readonly string[]> = {
  timezone: ['timezone'],
  adjustment: ['utc', 'localtime', 'variable'],
  basis: ['variable'],
  start: ['absolute'],
}

/** Attributes belong to an offset: beside another one libvirt's schema refuses them. */
function keepWhatFits(element: EditElement | undefined): void {
  const offset = element?.attribute('offset') ?? 'utc'
  for (const [name, offsets] of Object.entries(offsetsOf))
    if (!offsets.includes(offset)) element?.setAttribute(name, undefined)
  // "reset" is for those that have a time of the host to go back to
  if (offset === 'variable' && element?.attribute('adjustment') === 'reset')
    element.setAttribute('adjustment', undefined)
}

function ofClock(name: string, as: As, offsets: readonly string[]): FieldBinding {
  return {
    read: (domain) => decode(domain.find('clock')?.attribute(name), as),
    write: (domain, value) => {
      if (value === undefined) {
        domain.find('clock')?.setAttribute(name, undefined)
        return
      }
      const element = makeClock(domain)
      if (offsets.includes(element.attribute('offset') ?? 'utc'))
        element.setAttribute(name, encode(value, as))
    },
  }
}

/** A timer that says nothing but its name goes with the last of its settings. */
function ofTimer(timer: string, name: string, as: As): FieldBinding {
  const place = placeOf(`clock/timer[@name='${timer}']`)
  return {
    read: (domain) => decode(elementAt(domain, place)?.attribute(name), as),
    write: (domain, value) => {
      if (value !== undefined) {
        makeClock(domain)
        const element = makeElementAt(domain, place)
        element.setAttribute(name, encode(value, as))
        if (name === 'tickpolicy' && value !== 'catchup') element.find('catchup')?.remove()
        return
      }
      const element = elementAt(domain, place)
      if (!element || element.attribute(name) === undefined) return
      element.setAttribute(name, undefined)
      if (name === 'tickpolicy') element.find('catchup')?.remove()
      if (element.attributeNames().length <= 1 && element.children().length === 0)
        removeWithEmptyParents(element, domain)
    },
  }
}

/** Only a timer that catches up can say how. */
function catchup(name: string): FieldBinding {
  const timer = placeOf("clock/timer[@name='rtc']")
  return {
    read: (domain) => decode(elementAt(domain, timer)?.find('catchup')?.attribute(name), 'integer'),
    write: (domain, value) => {
      const element = elementAt(domain, timer)
      if (element?.attribute('tickpolicy') !== 'catchup') return
      if (value !== undefined)
        makeElementAt(element, placeOf('catchup')).setAttribute(name, encode(value, 'integer'))
      else {
        const inner = element.find('catchup')
        inner?.setAttribute(name, undefined)
        if (inner?.isEmpty()) inner.remove()
      }
    },
  }
}
