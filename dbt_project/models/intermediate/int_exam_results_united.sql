{# Every result of every pupil, by subject and in total. #}

{{ config(database='pupils', materialized='new_view') }}

with

final as (
    select
        paper_id,
        place_id,
        pupil_key,
        score,
        status
    from {{ ref('int_exam_scores_current') }}
    union all
    select
        paper_id,
        place_id,
        pupil_key,
        score,
        status
    from {{ ref('int_exam_totals_summed') }}
)

select * from final
