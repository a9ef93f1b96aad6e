{# A pupil's sum of a sitting: only of whoever sat every paper that anybody sat. #}

{{ config(database='pupils') }}

with

scores as (
    select * from {{ ref('int_exam_scores_current') }}
),

totals as (
    select * from {{ ref('int_exam_papers_made') }}
    where subject = 'total'
),

summed as (
    select
        sitting_id,
        pupil_key,
        max(place_id) as place_id,
        count(score) as papers_sat,
        bool_or(status = 2) as is_void,
        sum(score) as score
    from scores
    group by sitting_id, pupil_key
),

final as (
    select
        totals.paper_id,
        summed.place_id,
        summed.pupil_key,
        case when summed.papers_sat = totals.paper_count then summed.score end as score,
        cast(
            case when summed.papers_sat = totals.paper_count then 1 when summed.is_void then 2 else 0 end as tinyint
        ) as status
    from summed
    inner join totals on summed.sitting_id = totals.sitting_id
)

select * from final
