import type { Recipe, RecipeStep, RecipeValues } from '../../../shared/recipes/recipe'
import { RecipeSteps } from '../../components/RecipeSteps'
import { Note } from '../../ui/Note'

export function RecipeText({ recipe, values }: { recipe: Recipe; values: RecipeValues }) {
  const text = recipe.build(values)
  return (
    <article className="recipe-text selectable">
      <h2>{recipe.title}</h2>
      <p>{recipe.summary}</p>
      {text.dangers.length === 0 ? null : (
        <Note tone="warning" title="Before you begin">
          <ul className="recipe-bullets">
            {text.dangers.map((danger) => (
              <li key={danger}>{danger}</li>
            ))}
          </ul>
        </Note>
      )}
      <Steps title="Steps" steps={text.steps} isNumbered />
      <section>
        <h3>What it changes</h3>
        <ul className="recipe-bullets">
          {text.changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      </section>
      <Steps title="How to check it" steps={text.verify} />
      <Steps title="How to undo it" steps={text.undo} />
    </article>
  )
}

interface StepsProps {
  readonly title: string
  readonly steps: readonly RecipeStep[]
  readonly isNumbered?: boolean
}

function Steps({ title, ...list }: StepsProps) {
  return (
    <section>
      <h3>{title}</h3>
      <RecipeSteps {...list} />
    </section>
  )
}
