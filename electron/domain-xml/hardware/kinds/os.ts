import { os } from '../../../../shared/model/hardware/kinds/os'
import { siblingBefore } from '../../edit/order'
import { EditElement, parseElement } from '../../edit/tree'
import { bind } from '../binding'
import { wordOf } from '../places'

const namespace = 'http://libosinfo.org/xmlns/libvirt/domain/1.0'

/** Kept in `<metadata>` as libosinfo's users agreed; libvirt itself does not read it. */
export const osBinding = bind(os, {
  fields: {
    id: {
      read: (domain) => osElement(domain)?.attribute('id'),
      write: (domain, value) => {
        if (value === undefined) remove(domain)
        else osElement(domain, true)?.setAttribute('id', wordOf(value))
      },
    },
  },
})

function libosinfo(domain: EditElement): EditElement | undefined {
  return domain
    .find('metadata')
    ?.children()
    .find((element) => element.name.split(':').at(-1) === 'libosinfo')
}

function osElement(domain: EditElement, shallMake = false): EditElement | undefined {
  const info = libosinfo(domain) ?? (shallMake ? makeInfo(domain) : undefined)
  const found = info?.children().find((element) => element.name.split(':').at(-1) === 'os')
  if (found || !shallMake || !info) return found
  const prefix = info.name.split(':').slice(0, -1)
  return info.insert(new EditElement([...prefix, 'os'].join(':')))
}

function makeInfo(domain: EditElement): EditElement {
  const metadata =
    domain.find('metadata') ?? domain.insert(new EditElement('metadata'), siblingBefore(domain, 'metadata'))
  return metadata.insert(parseElement(`<libosinfo:libosinfo xmlns:libosinfo="${namespace}"/>`))
}

function remove(domain: EditElement): void {
  const info = libosinfo(domain)
  osElement(domain)?.remove()
  if (!info || info.children().length > 0) return
  const { parent } = info
  info.remove()
  if (parent?.isEmpty()) parent.remove()
}
