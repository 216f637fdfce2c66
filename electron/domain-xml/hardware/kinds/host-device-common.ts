/** What `<hostdev>` elements of all types have (https://libvirt.org/formatdomain.html#host-device-assignment). */
import { AppError } from '../../../../shared/errors'
import type { EditElement } from '../../edit/tree'
import { settleBootOrder } from '../device-boot'

export function isHostdev(type: string): (element: EditElement) => boolean {
  return (element) => element.attribute('type') === type
}

export const bootOrderPlace = 'boot/@order'

export function settle(element: EditElement, domain: EditElement): void {
  settleBootOrder(element, domain)
}

/** For what is no field type of its own: the sentence under the field says what is wrong. */
export function refuse(field: string, message: string): never {
  throw new AppError('invalid', message, { field })
}
