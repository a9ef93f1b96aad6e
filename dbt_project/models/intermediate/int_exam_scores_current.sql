{# Pupils' scores that count, numbers only. Where several imports brought one paper, the latest of a pupil wins. #}

{{ config(database='pupils') }}

with

scores as (
    select * from {{ ref('stg_exam_scores') }}
),

listed as (
    select * from {{ ref('int_exam_groups_current') }}
),

uncontested as (
    select
        listed.paper_id,
        listed.place_id,
        listed.sitting_id,
        scores.pupil_key,
        scores.score,
        scores.status
    from scores
    inner join listed on scores.group_id = listed.group_id
    where not listed.is_contested
),

contested as (
    select
        listed.paper_id,
        listed.place_id,
        listed.sitting_id,
        scores.pupil_key,
        scores.score,
        scores.status
    from scores
    inner join listed on scores.group_id = listed.group_id
    where listed.is_contested
    qualify row_number() over (
            partition by listed.paper_id, scores.pupil_key
            order by listed.import_seq desc, listed.group_id desc
        ) = 1
),

final as (
    select * from uncontested
    union all
    select * from contested
)

select * from final
