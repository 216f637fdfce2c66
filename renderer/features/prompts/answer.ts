import { errorData } from '../../../shared/errors'
import type { PendingPrompt, PromptAnswer } from '../../../shared/model/prompt'
import { api } from '../../api/client'
import { showToast } from '../../stores/toasts'

/** Sends the answer; the dialog goes when main takes the question off its list. */
export async function answerPrompt(prompt: PendingPrompt, answer: PromptAnswer): Promise<void> {
  try {
    await api.prompts.answer({ prompt: prompt.id, answer })
  } catch (error) {
    showToast({
      tone: 'error',
      title: `${prompt.hostLabel}: the answer was not taken`,
      error: errorData(error),
    })
  }
}
