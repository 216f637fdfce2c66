import { useHosts } from '../../stores/hosts'
import { useTasks } from '../../stores/tasks'
import type { ActionContext } from './actions'

export function useActionContext(): ActionContext {
  const hosts = useHosts((state) => state.byId)
  const runningByVm = useTasks((state) => state.runningByVm)
  return { hosts, runningByVm }
}

/** For event handlers, which need the present moment and no redraw. */
export function actionContext(): ActionContext {
  return { hosts: useHosts.getState().byId, runningByVm: useTasks.getState().runningByVm }
}
