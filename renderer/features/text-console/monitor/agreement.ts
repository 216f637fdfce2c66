import { vmKey, type VmRef } from '../../../../shared/model/ids'
import { remember, useRemembered } from '../../../stores/remembered'

/** Whether the user has agreed to commands that go past libvirt; asked once per VM. */
export function useAgreement(target: VmRef): { readonly isAgreed: boolean; agree(): void } {
  const question = `monitor ${vmKey(target)}`
  const isAgreed = useRemembered(({ skipConfirm }) => skipConfirm.includes(question))
  return {
    isAgreed,
    agree: () => remember({ skipConfirm: [...useRemembered.getState().skipConfirm, question] }),
  }
}
