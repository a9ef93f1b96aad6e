with

papers as (
    select * from {{ ref('int_exam_papers_made') }}
),

final as (
    select
        exam_code,
        school_year,
        grade,
        stage,
        subject,
        full_score,
        full_score_status,
        excellent_share,
        pass_share,
        low_share,
        prior_exam_code
    from papers
)

select * from final
